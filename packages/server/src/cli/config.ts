/** `hufu config`: the configuration in effect, with the origin of each value. */

import { repeated, show, table } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Answer } from './admin-client.ts';
import { type AdminOptions, adminCommand, urlOf, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { columnsOf, rowsOf } from './rows.ts';
import { readSettings } from './settings.ts';

interface ConfigOptions extends AdminOptions {
  readonly set: readonly string[];
}

export function registerConfig(program: Command, io: Io): void {
  adminCommand(program, 'config', 'prints the configuration in effect, secrets as ***')
    .option('--set <option=value>', 'as serve takes it; may be repeated', repeated, [])
    .action(async (options: ConfigOptions) => {
      const answer = urlOf(io, options) === undefined ? await ownConfig(io, options) : await remoteConfig(io, options);
      show(io, options.json, answer, () =>
        table(io, columnsOf(['path', 'value', 'origin']), rowsOf(answer, 'options')),
      );
    });
}

const remoteConfig = (io: Io, options: ConfigOptions) => withAdmin(io, options, (client) => client.get('/config'));

/** What `serve` would take: nothing is opened. */
async function ownConfig(io: Io, options: ConfigOptions): Promise<Answer> {
  const { resolve } = await import('../config/load.ts');
  const { configView } = await import('../config/view.ts');
  const { config, origins } = resolve({
    file: options.config ?? io.env.HUFU_CONFIG,
    env: io.env,
    flags: { ...readSettings(options.set), 'data.dir': options.data },
  });
  return { options: configView(config, origins) };
}
