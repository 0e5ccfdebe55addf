/** `hufu keys`: the keys that sign tokens. */

import type { Command } from 'commander';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { showRows } from './rows.ts';

const columns = ['use', 'algorithm', 'state', 'id', 'activeFrom', 'retiresAt', 'dropsAt'] as const;

export function registerKeys(program: Command, io: Io): void {
  const keys = program.command('keys').description('keys that sign tokens');

  adminCommand(keys, 'list', 'lists signing keys, without their private halves').action((options: AdminOptions) =>
    withAdmin(io, options, async (client) => showRows(io, options.json, await client.get('/keys'), columns)),
  );

  adminCommand(keys, 'rotate', 'makes the successor of a signing key; what the old one signed stays valid')
    .requiredOption('--use <use>', 'whose key: a dialect, or oauth')
    .option('--immediately', 'signs with the new key at once, without publishing it ahead: after a leak', false)
    .action((options: AdminOptions & { use: string; immediately: boolean }) =>
      withAdmin(io, options, async (client) => {
        const { use, immediately } = options;
        showRows(io, options.json, await client.post('/keys/rotate', { use, immediately }), columns);
      }),
    );
}
