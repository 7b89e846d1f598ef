# The TAB key for symconv, in ~/.config/fish/config.fish: symconv completion fish | source
function __symconv_candidates
    set -l words (commandline -opc)
    $words[1] completion fish --line=(commandline -cp | string collect) 2>/dev/null
    or __fish_complete_path (commandline -ct)
end
complete -c symconv -f -a '(__symconv_candidates)'
