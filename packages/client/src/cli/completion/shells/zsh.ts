/** Zsh: read by `source`, or as a file `_name` on the way of `fpath`. */

/** @param program name of the command, a plain word. */
export const zshScript = (program: string): string => `#compdef ${program}
# completions of ${program} for zsh
_${functionName(program)}() {
  local line value also=nothing
  local -a described
  while IFS= read -r line; do
    case "$line" in
      :*) also="\${line#:}" ;;
      *)
        value="\${line%%$'\\t'*}"
        described+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
        ;;
    esac
  done < <("\${words[1]}" completion words --current="$PREFIX" -- "\${(@)words[2,CURRENT-1]}" 2>/dev/null)
  (( \${#described} )) && _describe '${program}' described
  case "$also" in
    files) _files ;;
    commands) _command_names -e ;;
  esac
}
if [ "$funcstack[1]" = "_${functionName(program)}" ]; then
  _${functionName(program)} "$@"
else
  compdef _${functionName(program)} ${program}
fi
`;

const functionName = (program: string): string => program.replace(/\W/g, '_');
