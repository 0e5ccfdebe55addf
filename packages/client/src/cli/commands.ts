/** The client's commands, in the order of the help: those that both programs have. */

import type { Command } from 'commander';
import { registerAgent } from './agent.ts';
import { registerCompletion } from './completion.ts';
import { registerExec } from './exec.ts';
import { registerGitCredential } from './git-credential.ts';
import type { ClientIo } from './io.ts';
import { registerLink } from './link.ts';
import { registerList } from './list.ts';
import { registerLogin } from './login.ts';
import { registerLogout } from './logout.ts';
import { registerProfile } from './profile.ts';
import { registerRefresh } from './refresh.ts';
import { registerStatus } from './status.ts';
import { registerToken } from './token.ts';

type Register = (program: Command, io: ClientIo) => void;

const commands: readonly Register[] = [
  registerProfile,
  registerLogin,
  registerToken,
  registerStatus,
  registerList,
  registerRefresh,
  registerLogout,
  registerExec,
  registerAgent,
  registerLink,
  registerGitCredential,
  registerCompletion,
];

export function registerClientCommands(program: Command, io: ClientIo): void {
  for (const register of commands) register(program, io);
}
