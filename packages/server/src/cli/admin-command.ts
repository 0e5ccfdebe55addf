/** Commands that administrate: which server or data folder they work on, and how they show what it answers. */

import { CliError, exitCodes, note, usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type AdminClient, createAdminClient } from './admin-client.ts';
import { httpTransport } from './http-transport.ts';
import type { Io } from './io.ts';
import { localTransport } from './local-transport.ts';

export interface FolderOptions {
  readonly config?: string;
  readonly data?: string;
}

export interface AdminOptions extends FolderOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** A command of the data folder. @param isDefault whether the parent alone means it. */
export const folderCommand = (parent: Command, name: string, description: string, isDefault = false): Command =>
  parent
    .command(name, { isDefault })
    .description(description)
    .option('--config <file>', 'configuration of the server, for its data folder and master key')
    .option('--data <dir>', 'data folder; the master key comes from HUFU_DATA_MASTER_KEY or the configuration')
    .option('--json', 'one line of JSON');

/** A command that reaches a running server as well. */
export const adminCommand = (parent: Command, name: string, description: string, isDefault = false): Command =>
  folderCommand(parent, name, description, isDefault)
    .option('--url <url>', 'running server (HUFU_ADMIN_URL); without it, the data folder of one that is down')
    .option('--token <token>', 'admin token; better in HUFU_ADMIN_TOKEN, where other users do not see it');

export async function withAdmin<Value>(
  io: Io,
  options: AdminOptions,
  work: (client: AdminClient) => Promise<Value>,
): Promise<Value> {
  const { transport, token } = await connect(io, options);
  try {
    return await work(createAdminClient(transport, token));
  } finally {
    await transport.close();
  }
}

async function connect(io: Io, options: AdminOptions) {
  const url = urlOf(io, options);
  if (url !== undefined) {
    const token = options.token ?? io.env.HUFU_ADMIN_TOKEN;
    if (token === undefined || token === '') {
      throw new CliError(exitCodes.loginNeeded, 'unauthorized', 'no admin token: give --token or HUFU_ADMIN_TOKEN');
    }
    const transport = httpTransport(url);
    if (isReadable(url)) note(io, `warning: the admin token goes to ${new URL(url).host} without TLS`);
    return { transport, token };
  }
  const transport = await localTransport(io, await folderConfig(io, options));
  return { transport, token: transport.token };
}

/** Whether others on the way could read what is sent. */
const isReadable = (url: string): boolean =>
  /^http:/i.test(url) && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);

/** What was named on the command line goes before what the environment names. */
export function urlOf(io: Io, options: AdminOptions): string | undefined {
  if (options.url !== undefined && (options.config !== undefined || options.data !== undefined)) {
    throw usageError('--url and --config or --data: name a running server, or the folder of one that is down');
  }
  if (options.config !== undefined || options.data !== undefined) return undefined;
  return options.url ?? (io.env.HUFU_ADMIN_URL || undefined);
}

/** The configuration behind `--config` and `--data`. One of them must be named, so that nothing is made by accident. */
export async function folderConfig(io: Io, { config: file = io.env.HUFU_CONFIG, data }: FolderOptions) {
  if (file === undefined && data === undefined && io.env.HUFU_DATA_DIR === undefined) {
    throw usageError('name a running server with --url, or a data folder with --data or --config');
  }
  const { loadConfig } = await import('../config/load.ts');
  return loadConfig({ file, env: io.env, flags: { 'data.dir': data } });
}
