/** Fish, from 3.0 on. */

/** @param program name of the command, a plain word. */
export const fishScript = (program: string): string => `# completions of ${program} for fish
function __${functionName(program)}_completions
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    for line in (command $before[1] completion words --current="$current" -- $before[2..-1] 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path "$current"
            case ':commands'
                complete -C "$current"
            case ':*'
            case '*'
                echo $line
        end
    end
end
complete -c ${program} -f -a '(__${functionName(program)}_completions)'
`;

const functionName = (program: string): string => program.replace(/\W/g, '_');
