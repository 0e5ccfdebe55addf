/** The `hufu` program: every command in its own file, registered here. */

import { registerClientCommands } from '@hufu/client/cli';
import { onTerminal } from '@hufu/client/terminal';
import { Command } from 'commander';
import { version } from '../version.ts';
import { registerAccessKey } from './accesskey.ts';
import { registerApp } from './app.ts';
import { registerAudit } from './audit.ts';
import { registerBackup } from './backup.ts';
import { registerConfig } from './config.ts';
import { registerDev } from './dev.ts';
import { registerDoctor } from './doctor.ts';
import { registerGrant } from './grant.ts';
import type { Io } from './io.ts';
import { registerKeys } from './keys.ts';
import { registerMigrate } from './migrate.ts';
import { registerRegion } from './region.ts';
import { registerResource } from './resource.ts';
import { registerRestore } from './restore.ts';
import { registerServe } from './serve.ts';
import { registerSession } from './session.ts';
import { registerTenant } from './tenant.ts';
import { registerTour } from './tour.ts';
import { registerUser } from './user.ts';

type Register = (program: Command, io: Io) => void;

/** In the order of `hufu --help`. */
const commands: readonly Register[] = [
  registerDev,
  registerTour,
  registerServe,
  registerTenant,
  registerUser,
  registerAccessKey,
  registerApp,
  registerResource,
  registerRegion,
  registerSession,
  registerGrant,
  registerAudit,
  registerKeys,
  registerConfig,
  registerDoctor,
  registerMigrate,
  registerBackup,
  registerRestore,
];

export function createProgram(io: Io): Command {
  const program = onTerminal(new Command('hufu'), io)
    .description('a token service: tickets and access tokens that are issued, renewed, checked and revoked')
    .version(version);
  for (const register of commands) register(program, io);
  registerClientCommands(program, io);
  return program;
}
