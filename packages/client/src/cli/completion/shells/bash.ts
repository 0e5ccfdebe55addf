/** Bash, from 3.2 on, which macOS has. */

/** @param program name of the command, a plain word. */
export const bashScript = (program: string): string => `# completions of ${program} for bash
_${functionName(program)}_completions() {
  local current="$2" word line also=nothing
  local -a before=()
  # Readline makes a word of its own of "=".
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [ "$word" = = ] || before+=("$word")
  done
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :*) also="\${line#:}" ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <("\${COMP_WORDS[0]}" completion words --current="$current" -- "\${before[@]}" 2>/dev/null)
  case "$also" in
    nothing) compopt +o default 2>/dev/null ;;
    commands) while IFS= read -r line; do COMPREPLY+=("$line"); done < <(compgen -c -- "$current") ;;
  esac
}
complete -o default -F _${functionName(program)}_completions ${program}
`;

const functionName = (program: string): string => program.replace(/\W/g, '_');
