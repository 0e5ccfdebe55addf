/** `hufu completion SHELL`: the shell asks the program itself at every Tab, so that nothing has to be generated anew after an update. */

import { type Command, Option } from 'commander';
import { shells } from './completion/shells/index.ts';
import type { ClientIo } from './io.ts';
import { show } from './terminal/output.ts';

interface WordsOptions {
  readonly current: string;
  readonly json?: boolean;
}

export function registerCompletion(program: Command, io: ClientIo): void {
  const completion = program.command('completion').description('makes a shell complete commands, options and profiles');
  for (const { name, script, install } of shells) {
    completion
      .command(name)
      .description(`prints the script for ${name}`)
      .option('--json', 'one line of JSON')
      .addHelpText('after', `\nFor every new shell:\n  ${install(io.program)}`)
      .action(({ json }: { readonly json?: boolean }) => {
        const text = script(io.program);
        show(io, json, { shell: name, script: text }, () => text.trimEnd());
      });
  }
  completion
    .command('words', { hidden: true })
    .description('what can stand at the cursor, a line each, for the scripts')
    .argument('[before...]', 'words between the name of the program and the cursor')
    .addOption(new Option('--current <text>', 'what is there of the word at the cursor').default(''))
    .option('--json', 'one line of JSON')
    .action(async (before: string[], { current, json }: WordsOptions) => {
      const { completionsFor } = await import('./completion/completions.ts');
      const { profileCandidates } = await import('./completion/profiles.ts');
      const found = await completionsFor(program, before, current, { profiles: () => profileCandidates(io) });
      show(io, json, found, () =>
        [...found.candidates.map(({ value, description }) => `${value}\t${description}`), `:${found.also}`].join('\n'),
      );
    });
}
