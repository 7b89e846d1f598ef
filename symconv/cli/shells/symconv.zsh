# The TAB key for symconv, in ~/.zshrc: eval "$(symconv completion zsh)"
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
_symconv() {
    local candidates row alike='m:{[:lower:]}={[:upper:]}'
    local -a parts finished begun
    candidates=$($words[1] completion zsh \
        --line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" 2>/dev/null) || { _files; return }
    for row in "${(@f)candidates}"; do
        parts=("${(@ps:\t:)row}")
        row=${parts[2]//:/\\:}${parts[3]:+:$parts[3]}
        [[ $parts[1] == 1 ]] && begun+=("$row")
        [[ $parts[1] == 0 ]] && finished+=("$row")
    done
    _describe -V symconv finished -M "$alike" -- begun -S '' -M "$alike"
}
compdef _symconv symconv
