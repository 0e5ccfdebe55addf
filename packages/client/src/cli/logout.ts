/** `hufu logout`: ends the session at the server, and forgets everything that was kept of it. */

import type { Command } from 'commander';
import type { ClientIo } from './io.ts';
import type { OpenProfile } from './open-profile.ts';
import { exitCodes } from './terminal/exit-codes.ts';
import { show } from './terminal/output.ts';
import { withProfile } from './with-profile.ts';

/** What became of the session at the server. */
type Remote =
  | 'revoked'
  /** As was asked for. */
  | 'kept'
  /** The server has no way to end it. */
  | 'not_offered'
  /** It could not be told, or did not say so. */
  | 'not_confirmed'
  /** There was none. */
  | 'none';

export function registerLogout(program: Command, io: ClientIo): void {
  program
    .command('logout')
    .description('ends the session at the server, and forgets its tokens and the secrets that were typed at login')
    .argument('<profile>')
    .option('--keep-remote', 'leaves the session at the server as it is')
    .option('--no-input', 'changes nothing: this command never asks a person')
    .option('--json', 'one line of JSON')
    .action(async (name: string, options: { readonly keepRemote?: boolean; readonly json?: boolean }) => {
      const remote = await withProfile(io, name, {}, (profile) => end(profile, options.keepRemote === true));
      show(io, options.json, { name, result: 'logged_out', remote }, () => `logged out of ${name}${meanings[remote]}`);
      if (remote === 'not_confirmed') io.exitCode = exitCodes.network;
    });
}

const meanings: Readonly<Record<Remote, string>> = {
  revoked: ', here and at the server',
  kept: ' here; the session at the server was left as it is',
  not_offered: ' here; this server has no way to end tokens: they end by themselves',
  not_confirmed: ' here; the server could not be told: the session there lives on until its end',
  none: ': there was no session',
};

async function end({ provider, source, storage, secrets }: OpenProfile, keep: boolean): Promise<Remote> {
  const key = await provider.key();
  // What cannot be read has to go all the same.
  const hadGrant = await storage.store.read(key).then(
    (record) => record?.grant !== undefined,
    () => true,
  );
  const { revoked } = await source.logout({ revoke: !keep });
  await secrets.remove();
  if (!hadGrant) return 'none';
  if (keep) return 'kept';
  if (!provider.revoke) return 'not_offered';
  return revoked ? 'revoked' : 'not_confirmed';
}
