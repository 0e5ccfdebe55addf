/** What becomes of the tokens of a profile that changes: they go along to another storage, and end with another identity. */

import { isTokenError } from '../../core/errors.ts';
import type { TokenStore } from '../../core/token-store.ts';
import type { ClientIo } from '../io.ts';
import { type OpenProfile, openThis } from '../open-profile.ts';
import type { Profile } from './profile.ts';
import { prefixOf } from './stored-secrets.ts';

/** Call it before the file is changed. @returns what could not be done, for people. */
export async function carryOver(
  io: ClientIo,
  name: string,
  before: Profile,
  after: Profile,
): Promise<readonly string[]> {
  try {
    await using old = await openThis(io, name, before);
    await using next = await openThis(io, name, after);
    const [oldKey, nextKey] = [await old.provider.key(), await next.provider.key()];
    if (oldKey !== nextKey) await old.source.logout();
    if (old.storage.name === next.storage.name) return [];
    if (oldKey === nextKey) await move(oldKey, old.storage.store, next.storage.store);
    await moveSecrets(old, next);
    return [];
  } catch (error) {
    // A profile that was wrong is mended by this very command.
    if (!isTokenError(error)) throw error;
    return [`what was kept for the profile before stays where it was: ${error.message}`];
  }
}

/** Whatever stands at the new place by accident is older than what is used now. */
async function move(key: string, from: TokenStore, to: TokenStore): Promise<void> {
  const record = await from.read(key);
  if (!record) return;
  const standing = await to.read(key);
  const generation = Math.max(record.generation, standing?.generation ?? 0) + 1;
  await to.write(key, { ...record, generation }, { ifGeneration: standing?.generation });
  await from.remove(key);
}

async function moveSecrets({ name, storage: { store } }: OpenProfile, next: OpenProfile): Promise<void> {
  for (const key of await store.list(prefixOf(name))) await move(key, store, next.storage.store);
}
