/** The `hufu-client` program: the client's commands, where no server is installed. */

import { Command } from 'commander';
import { registerClientCommands } from './commands.ts';
import { registerDoctor } from './doctor.ts';
import type { ClientIo } from './io.ts';
import { onTerminal } from './terminal/run-program.ts';
import { version } from './version.ts';

/** Names that belong to the server's commands in `hufu`, and are free here. */
const aliases: Readonly<Record<string, string>> = { profile: 'config', agent: 'serve' };

export function createProgram(io: ClientIo): Command {
  const program = onTerminal(new Command('hufu-client'), io)
    .description('tokens that stay fresh: for scripts, for other programs, and for people who look for what is wrong')
    .version(version);
  registerClientCommands(program, io);
  // In `hufu` it is the server's, which asks this one.
  registerDoctor(program, io);
  for (const command of program.commands) {
    const alias = aliases[command.name()];
    if (alias !== undefined) command.alias(alias);
  }
  return program;
}
