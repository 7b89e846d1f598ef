# The TAB key for symconv, in ~/.bashrc: eval "$(symconv completion bash)"
_symconv() {
    local candidate candidates
    COMPREPLY=()
    if candidates=$("$1" completion bash --line="${COMP_LINE:0:COMP_POINT}" --last="${#2}" 2>/dev/null); then
        while IFS= read -r candidate; do
            [ -n "$candidate" ] && COMPREPLY+=("$candidate")
        done <<< "$candidates"
    else
        compopt -o default 2>/dev/null  # the name of a file
    fi
}
complete -F _symconv symconv
