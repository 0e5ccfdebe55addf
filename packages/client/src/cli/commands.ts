/** The client's commands, in the order of the help: those that both programs have. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import { registerProfile } from './profile.ts';
import { registerToken } from './token.ts';

type Register = (program: Command, io: ClientIo) => void;

const commands: readonly Register[] = [registerProfile, registerToken];

export function registerClientCommands(program: Command, io: ClientIo): void {
  for (const register of commands) register(program, io);
}
