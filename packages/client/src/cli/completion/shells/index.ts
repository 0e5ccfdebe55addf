/** The shells that are known, each with a script that asks the program at every Tab, and how to have it read at every start. */

import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { powershellScript } from './powershell.ts';
import { zshScript } from './zsh.ts';

export interface Shell {
  readonly name: string;
  readonly script: (program: string) => string;
  /** One line that a user pastes. */
  readonly install: (program: string) => string;
}

export const shells: readonly Shell[] = [
  {
    name: 'bash',
    script: bashScript,
    install: (program) => `echo 'source <(${program} completion bash)' >> ~/.bashrc`,
  },
  {
    name: 'zsh',
    script: zshScript,
    install: (program) => `echo 'autoload -U compinit && compinit; source <(${program} completion zsh)' >> ~/.zshrc`,
  },
  {
    name: 'fish',
    script: fishScript,
    install: (program) => `${program} completion fish > ~/.config/fish/completions/${program}.fish`,
  },
  {
    name: 'powershell',
    script: powershellScript,
    install: (program) => `Add-Content $PROFILE '${program} completion powershell | Out-String | Invoke-Expression'`,
  },
];
