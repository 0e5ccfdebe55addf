/**
 * Records in files that their user alone can read: one folder for each key, whose name does not tell the key. Writes are
 * compare-and-swap between processes, with a lock or without, and on disk when they settle.
 */

import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../core/sha256.ts';
import { tokenStore } from '../../core/sharing/token-store.ts';
import type { TokenStore } from '../../core/types.ts';
import { dataFolder } from '../../files/data-folder.ts';
import { errnoOf, fileError } from '../../files/errno.ts';
import type { FilePort } from '../../files/file-port.ts';
import { makePrivate } from '../../files/private-folder.ts';
import { Register } from '../../files/register.ts';
import { watchFolder } from '../../files/watch-folder.ts';
import { isGone, type Kept, parseKept } from './kept.ts';

export interface FileStoreOptions {
  /** Default: `tokens` in the user's data folder. Made if it is missing; refused if others can read it. */
  readonly folder?: string | undefined;
  /** Default: Node's. */
  readonly files?: FilePort | undefined;
}

/** The name of a key's folder. */
const keyFolder = /^[0-9a-f]{64}$/;

/** @example createTokenSource({ provider, store: fileStore(), lock: fileLock() }) */
export function fileStore({
  folder = join(dataFolder(), 'tokens'),
  files = nodeFiles,
}: FileStoreOptions = {}): TokenStore {
  const registers = new Map<string, Register>();
  const registerAt = (name: string): Register => {
    const found = registers.get(name) ?? new Register({ folder: join(folder, name), durable: true, files });
    registers.set(name, found);
    return found;
  };
  const registerOf = (key: string): Register => registerAt(sha256(key));
  let isMade = false;
  const make = async (): Promise<void> => {
    if (!isMade) await makePrivate(files, folder).catch(refused('store_write', folder));
    isMade = true;
  };

  return tokenStore({
    async read(key) {
      const register = registerOf(key);
      const version = await register.read();
      return version && parseKept(version.text, register.folder).record;
    },
    async write(key, record, { ifGeneration }) {
      await make();
      const register = registerOf(key);
      const version = await register.read();
      const found = version && parseKept(version.text, register.folder).record;
      if (found?.generation !== ifGeneration) return 'conflict';
      const kept: Kept = { key, record };
      return register.put(JSON.stringify(kept), version?.number ?? 0);
    },
    async remove(key, condition) {
      const register = registerOf(key);
      const gone: Kept = { key };
      for (;;) {
        const version = await register.read();
        if (condition) {
          const found = version && parseKept(version.text, register.folder).record;
          if (found?.generation !== condition.ifGeneration) return 'conflict';
        }
        if (!version || isGone(version.text)) return 'ok';
        const outcome = await register.put(JSON.stringify(gone), version.number);
        // Without a condition a conflict is another writer's, and its record has to go, too.
        if (outcome === 'ok' || condition) return outcome;
      }
    },
    async list(prefix) {
      const names = await files.readdir(folder).catch((error: unknown) => {
        return errnoOf(error) === 'ENOENT' ? [] : refused('store_read', folder)(error);
      });
      const read = async (name: string): Promise<readonly string[]> => {
        const version = await registerAt(name).read();
        const kept = version && parseKept(version.text, join(folder, name));
        return kept?.record && kept.key.startsWith(prefix) ? [kept.key] : [];
      };
      return (await Promise.all(names.filter((name) => keyFolder.test(name)).map(read))).flat();
    },
    watch(key, changed) {
      const { folder: watched } = registerOf(key);
      return watchFolder(
        watched,
        make().then(() => makePrivate(files, watched)),
        changed,
      );
    },
  });
}

const refused =
  (code: 'store_read' | 'store_write', path: string) =>
  (error: unknown): never => {
    throw fileError(error, code, path);
  };
