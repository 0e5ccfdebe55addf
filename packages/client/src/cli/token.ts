/** `hufu token`: a token that is good to use now, on standard output and nowhere else. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import { show } from './terminal/output.ts';
import { withProfile } from './with-profile.ts';

export function registerToken(program: Command, io: ClientIo): void {
  program
    .command('token')
    .description('prints a token that is good to use now')
    .argument('<profile>')
    .option('--json', 'one line of JSON')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      await withProfile(io, name, {}, async ({ source }) => {
        const { token, expiresAtMs } = await source.getToken();
        show(io, json, { token, expiresAtMs: expiresAtMs ?? null }, () => token);
      });
    });
}
