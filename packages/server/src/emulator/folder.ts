/**
 * The emulator's data folder: a temporary one that goes with it, or a named one that keeps its demo data.
 * A named folder holds its seed, from which every demo secret is made again at the next start.
 */

import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError } from '../config/load.ts';

const stateShape = z.strictObject({
  /** Everything secret of this folder comes from it. */
  seed: z.string().min(1),
  /** How often the emulator has started here: each start draws other random numbers. */
  starts: z.number().int().min(0),
  /** Number of the start that made the temporary credentials shown last. */
  temporary: z.number().int().optional(),
  /** Private key of the demo JWT application, in PEM: it follows from a seed that was chosen, and from nothing else. */
  jwtAppKeyPem: z.string().optional(),
});

export type FolderState = z.output<typeof stateShape>;

export interface Folder {
  readonly path: string;
  readonly isTemporary: boolean;
  /** As it was saved last. */
  readonly state: FolderState;
  /** Keeps the state for the next start, where there will be one. */
  save(state: FolderState): void;
  /** Writes the file at `jwtAppKeyPath`. */
  showKey(privateKeyPem: string): void;
  /** Removes the database, which nobody may have open. */
  wipe(): void;
  /** Removes a temporary folder. */
  dispose(): void;
}

const stateFile = 'emulator.json';
const databaseName = 'hufu.db';

/** The demo JWT application's private key, for tools that read it from a file, such as openssl. */
export const jwtAppKeyPath = (folder: string): string => join(folder, 'jwt-app.pem');

/**
 * @param named folder to keep; without one, a temporary folder.
 * @param seed that the tester chose; without one, a random seed.
 */
export function openFolder(named: string | undefined, seed: string | undefined): Folder {
  if (named === '') throw new ConfigError('--data: given nothing, allowed: a folder');
  if (seed === '') throw new ConfigError('--seed: given nothing, allowed: any text');
  return named === undefined ? temporaryFolder(seed) : keptFolder(resolve(named), seed);
}

const fresh = (seed: string | undefined): FolderState => ({
  seed: seed ?? randomBytes(32).toString('base64url'),
  starts: 0,
});

function temporaryFolder(seed: string | undefined): Folder {
  const path = mkdtempSync(join(tmpdir(), 'hufu-dev-'));
  const dispose = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  return folderOf(path, fresh(seed), () => undefined, dispose);
}

function keptFolder(path: string, seed: string | undefined): Folder {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const found = readState(path);
  // Demo users in the database of a real server would be an open door.
  if (!found && readdirSync(path).length > 0) {
    throw new ConfigError(
      `--data: given ${JSON.stringify(path)}, which holds other files, allowed: an emulator's folder or an empty one`,
    );
  }
  if (found && seed !== undefined && seed !== found.seed) {
    throw new ConfigError(`--seed: ${JSON.stringify(path)} was made with another seed, allowed: that one, or none`);
  }
  const save = (state: FolderState): void => writeState(path, state);
  const state = found ?? fresh(seed);
  if (!found) save(state);
  return folderOf(path, state, save, undefined);
}

/** @param remove for a temporary folder. */
function folderOf(path: string, first: FolderState, keep: Folder['save'], remove: (() => void) | undefined): Folder {
  let state = first;
  return {
    path,
    isTemporary: remove !== undefined,
    get state() {
      return state;
    },
    save(next) {
      keep(next);
      state = next;
    },
    showKey: (privateKeyPem) => writeFileSync(jwtAppKeyPath(path), privateKeyPem, { mode: 0o600 }),
    wipe() {
      // With the files that SQLite puts beside it.
      for (const name of readdirSync(path).filter((one) => one.startsWith(databaseName))) rmSync(join(path, name));
    },
    dispose: () => remove?.(),
  };
}

function readState(path: string): FolderState | undefined {
  let text: string;
  try {
    text = readFileSync(join(path, stateFile), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return stateShape.parse(JSON.parse(text));
  } catch {
    throw new ConfigError(
      `--data: ${JSON.stringify(join(path, stateFile))} is damaged; remove the folder to start afresh`,
    );
  }
}

/** In one step, so that a crash leaves the old state or the new one. */
function writeState(path: string, state: FolderState): void {
  const file = join(path, stateFile);
  writeFileSync(`${file}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
