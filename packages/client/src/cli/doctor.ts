/** `hufu doctor PROFILE`: why a token cannot be had, on one screen. Exit code 0 or 1. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import { showChecks } from './terminal/check.ts';

export interface ProfileDoctorOptions {
  readonly json?: boolean;
  readonly refresh?: boolean;
}

export function registerDoctor(program: Command, io: ClientIo): void {
  const command = program.command('doctor').description('says why a profile gives no token');
  profileDoctorOptions(command.argument('<profile>', 'whose token').option('--json', 'one line of JSON')).action(
    (name: string, options: ProfileDoctorOptions) => examineProfile(io, name, options),
  );
}

/** What the doctor of the server takes as well, where it is given a profile. */
export const profileDoctorOptions = (command: Command): Command =>
  command.option('--refresh', "refresh the profile's token, though that may spend a refresh token");

export async function examineProfile(io: ClientIo, name: string, options: ProfileDoctorOptions): Promise<void> {
  const { examine } = await import('./doctor/examine.ts');
  showChecks(io, options.json, await examine(io, name, { refresh: options.refresh === true }));
}
