/** PowerShell, from 5.1 on. */

/** @param program name of the command, a plain word. */
export const powershellScript = (program: string): string => `# completions of ${program} for PowerShell
Register-ArgumentCompleter -Native -CommandName '${program}' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $before = @($commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    & '${program}' completion words "--current=$wordToComplete" '--' @before 2>$null | ForEach-Object {
        if ($_ -like ':*') { return }
        $value, $description = $_ -split "\`t", 2
        if (-not $description) { $description = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
    }
}
`;
