/** `hufu serve`: the server. It refuses to start with unsafe settings, and names them. */

import { repeated } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Io } from './io.ts';

interface ServeOptions {
  readonly config?: string;
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly set: readonly string[];
}

export function registerServe(program: Command, io: Io): void {
  program
    .command('serve')
    .description('serves, without demo data, until SIGTERM or SIGINT; the log is lines of JSON')
    .option('--config <file>', 'configuration, YAML or JSON (HUFU_CONFIG)')
    .option('--data <dir>', 'data folder (data.dir)')
    .option('--host <host>', 'address to listen on (server.host)')
    .option('--port <port>', 'port to listen on (server.port)')
    .option('--set <option=value>', 'any option of the configuration; may be repeated', repeated, [])
    .option('--json', 'changes nothing: the log is JSON')
    .action(async (options: ServeOptions) => {
      const { resolve } = await import('../config/load.ts');
      const { readSettings } = await import('./settings.ts');
      const { composeServer } = await import('../compose.ts');
      const { config, origins } = resolve({
        file: options.config ?? io.env.HUFU_CONFIG,
        env: io.env,
        flags: {
          ...readSettings(options.set),
          'data.dir': options.data,
          'server.host': options.host,
          'server.port': options.port,
        },
      });
      const stopped = io.untilStopped();
      const server = await composeServer(config, { origins });
      try {
        await server.listen();
        await stopped;
      } finally {
        await server.close();
      }
    });
}
