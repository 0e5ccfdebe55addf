/**
 * `hufu doctor`: would `serve` start here, and is what it would find in order? With a profile: why it gives no token. One screen;
 * exit code 0 or 1.
 */

import { statSync } from 'node:fs';
import { examineProfile, type ProfileDoctorOptions, profileDoctorOptions } from '@hufu/client/cli';
import { type Check, failed, messageOf, ok, showChecks, usageError, warning } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { type FolderOptions, folderCommand } from './admin-command.ts';
import { checkClock } from './doctor/clock.ts';
import { checkData } from './doctor/data.ts';
import { checkFolder } from './doctor/folder.ts';
import { checkPort } from './doctor/port.ts';
import type { Io } from './io.ts';

interface DoctorOptions extends FolderOptions, ProfileDoctorOptions {}

const description =
  'checks configuration, folder, master key, clock, audit log and port; or a profile: why it gives no token';

export function registerDoctor(program: Command, io: Io): void {
  const command = folderCommand(program, 'doctor', description);
  profileDoctorOptions(command.argument('[profile]', 'of the client, in place of the server')).action(
    async (profile: string | undefined, options: DoctorOptions) => {
      if (profile === undefined) return examineServer(io, options);
      if (options.config !== undefined || options.data !== undefined) {
        throw usageError('--config and --data are for the server, and a profile is examined');
      }
      await examineProfile(io, profile, options);
    },
  );
}

async function examineServer(io: Io, options: DoctorOptions): Promise<void> {
  if (options.refresh) throw usageError('--refresh is for a profile: name one');
  showChecks(io, options.json, await examine(io, options));
}

async function examine(io: Io, options: DoctorOptions): Promise<Check[]> {
  const { loadConfig } = await import('../config/load.ts');
  let config: Config;
  try {
    const file = options.config ?? io.env.HUFU_CONFIG;
    config = loadConfig({ file, env: io.env, flags: { 'data.dir': options.data } });
  } catch (error) {
    return [failed('configuration', messageOf(error))];
  }
  const { host, port } = config.server;
  const masterKey = await checkMasterKey(config);
  const hasMasterKey = masterKey.every(({ state }) => state !== 'failed');
  const data = hasMasterKey ? await checkData(io, config) : { checks: [], inUse: false, newestEventAtMs: undefined };
  return [
    ok('configuration', options.config ?? io.env.HUFU_CONFIG ?? 'environment and defaults'),
    ...masterKey,
    await checkAdminToken(config),
    ...checkFolder(config.data.dir),
    ...data.checks,
    checkClock(Date.now(), data.newestEventAtMs),
    await checkPort(host, port, data.inUse),
  ];
}

/** Its form only; whether it is the right one shows when the data are opened. */
async function checkMasterKey(config: Config): Promise<Check[]> {
  const { masterKeyText } = await import('../config/secrets.ts');
  const { masterKeyOf } = await import('../keys/master.ts');
  try {
    masterKeyOf(masterKeyText(config));
  } catch (error) {
    return [failed('master key', messageOf(error))];
  }
  const file = config.data.masterKeyFile;
  const isOpen = file !== undefined && process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0;
  if (isOpen) return [warning('master key', `${file} is open to other users: chmod 600 ${file}`)];
  return [ok('master key', file ?? 'given')];
}

async function checkAdminToken(config: Config): Promise<Check> {
  const { adminTokenText } = await import('../config/secrets.ts');
  try {
    const token = adminTokenText(config);
    if (token === undefined) return warning('admin token', 'none: the admin API refuses every call');
    return ok('admin token', config.admin.tokenFile ?? 'given');
  } catch (error) {
    return failed('admin token', messageOf(error));
  }
}
