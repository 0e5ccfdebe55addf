/** `hufu refresh`: a new token now, whatever is at hand. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import { endText } from './status.ts';
import { show } from './terminal/output.ts';
import { withProfile } from './with-profile.ts';

export function registerRefresh(program: Command, io: ClientIo): void {
  program
    .command('refresh')
    .description('gets a new token now, for everybody who shares the profile, and ends a pause after a failure')
    .argument('<profile>')
    .option('--no-input', 'changes nothing: this command never asks a person')
    .option('--json', 'one line of JSON: as hufu status')
    .action(async (name: string, { json }: { readonly json?: boolean }) => {
      const view = await withProfile(io, name, {}, async (profile) => {
        const { endPause } = await import('./end-pause.ts');
        const { statusOf } = await import('./status-view.ts');
        await endPause(profile);
        await profile.source.getToken({ forceRefresh: true });
        return statusOf(profile);
      });
      show(
        io,
        json,
        view,
        () => `refreshed ${name}: the token ends ${endText(view.expiresAt, Date.now()) ?? 'nobody knows when'}`,
      );
    });
}
