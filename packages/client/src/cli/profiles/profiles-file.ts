/** The file of the profiles: read as a whole, and replaced as a whole, so that nobody finds half of it. */

import { mkdir, open, readFile, realpath, rename, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { randomHex } from '../../core/random.ts';
import { configFolder } from '../../files/config-folder.ts';
import { dataFolder } from '../../files/data-folder.ts';
import { errnoOf } from '../../files/errno.ts';
import { fileLock } from '../../locks/file/index.ts';
import type { ClientIo } from '../io.ts';
import { usageError } from '../terminal/failure.ts';

type Env = ClientIo['env'];

/** Profiles by name, unchecked: one that is wrong does not stand in the way of the others. */
export type Profiles = Readonly<Record<string, unknown>>;

const version = 1;
const fileMode = 0o600;
const folderMode = 0o700;
const othersWriteBits = 0o022;
const lockTimes = { waitMs: 10_000, leaseMs: 30_000 };

export const profilesPath = (env: Env): string => join(configFolder(env), 'profiles.json');

/** Throws `CliError` for a file that is not ours, or that others may write: it names programs to run. */
export async function readProfiles(env: Env): Promise<Profiles> {
  const path = profilesPath(env);
  try {
    const { mode, uid } = await stat(path);
    const own = process.getuid?.();
    if (own !== undefined && (mode & othersWriteBits) !== 0)
      throw usageError(`${path} can be written by others: chmod 600 it`);
    if (own !== undefined && own !== 0 && uid !== own) throw usageError(`${path} belongs to another user`);
    return parse(await readFile(path, 'utf8'), path);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return {};
    throw error;
  }
}

function parse(text: string, path: string): Profiles {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    throw usageError(`${path} is no JSON`);
  }
  if (!isObject(file) || !isObject(file.profiles)) throw usageError(`${path}: there is no object "profiles"`);
  if (file.version !== version) throw usageError(`${path}: "version" is not ${version}: another Hufu wrote it`);
  return file.profiles;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Two commands at once: the second changes what the first has made. */
export async function changeProfiles(env: Env, change: (profiles: Profiles) => Profiles): Promise<void> {
  const path = profilesPath(env);
  const lock = fileLock({ folder: join(dataFolder(env), 'locks') });
  await lock.run('profiles', lockTimes, async () => {
    const profiles = change(await readProfiles(env));
    // A link to a file that is kept elsewhere stays one.
    await replace(await realpath(path).catch(() => path), `${JSON.stringify({ version, profiles }, null, 2)}\n`);
  });
}

async function replace(path: string, text: string): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: folderMode });
  const written = join(folder, `.profiles-${randomHex(8)}.tmp`);
  try {
    await using file = await open(written, 'wx', fileMode);
    await file.writeFile(text);
    await file.sync();
  } catch (error) {
    await unlink(written).catch(() => {});
    throw error;
  }
  await rename(written, path);
}
