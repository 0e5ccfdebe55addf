/** Does somebody hold the lock of a profile's token, and does that somebody live? */

import { join } from 'node:path';
import { sha256 } from '../../core/sha256.ts';
import { Register } from '../../files/register.ts';
import { isDead, parseOwner } from '../../locks/file/owner.ts';
import { type Check, failed, messageOf, ok, warning } from '../terminal/check.ts';

/** @param folder of the storage. @param key cache identity of the provider. */
export async function checkLock(folder: string, key: string, nowMs: number): Promise<Check> {
  try {
    const register = new Register({ folder: join(folder, `${sha256(key)}.lock`), durable: false });
    const standing = await register.read();
    const owner = standing && parseOwner(standing.text);
    if (!standing || !owner) return ok('lock', 'free');
    if (isDead(owner)) return ok('lock', `process ${owner.pid} died with it: whoever needs it takes it over`);
    const seconds = Math.max(0, Math.round((nowMs - standing.touchedAtMs) / 1000));
    const where = owner.place.split(' ', 1)[0];
    return warning('lock', `held by process ${owner.pid} on ${where}, who was heard of ${seconds} s ago`);
  } catch (error) {
    return failed('lock', messageOf(error));
  }
}
