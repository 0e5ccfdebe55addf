/** Is the data folder there, whose is it, who else can read it, has it room? */

import { existsSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, failed, ok, skipped, warning } from '@hufu/client/terminal';

const othersMode = 0o077;
/** Room below which a server may have to refuse work soon: 256 MiB. */
const littleBytes = 256 * 1024 * 1024;

export function checkFolder(folder: string): Check[] {
  if (!existsSync(folder)) return [skipped('folder', `${folder} is not there yet: the first start makes it`)];
  return [checkRights(folder), checkRoom(folder)];
}

function checkRights(folder: string): Check {
  const own = process.getuid?.();
  const places = [folder, join(folder, 'hufu.db')].filter((place) => existsSync(place));
  for (const place of places) {
    const { mode, uid } = statSync(place);
    // Windows has no such bits.
    if (own === undefined) continue;
    if (uid !== own) return failed('folder', `${place} belongs to another user (${uid})`);
    if ((mode & othersMode) !== 0) {
      return failed('folder', `${place} is open to other users: chmod ${place === folder ? '700' : '600'} ${place}`);
    }
  }
  return ok('folder', `${folder}, for its owner only`);
}

function checkRoom(folder: string): Check {
  const { bavail, bsize } = statfsSync(folder);
  const mebibytes = Math.floor((bavail * bsize) / (1024 * 1024));
  if (bavail * bsize < littleBytes) return warning('room', `${mebibytes} MiB are free`);
  return ok('room', `${mebibytes} MiB are free`);
}
