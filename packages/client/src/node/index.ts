/**
 * `@hufu/client/node`: a token source with everything that a process on a shared machine needs. Tokens are kept in the user's
 * data folder, and any number of processes share them: one refreshes, the others adopt.
 *
 * @example
 * const source = nodeTokenSource({ provider });
 * const { token } = await source.getToken();
 */

import { hostname } from 'node:os';
import { createTokenSource, type TokenSourceOptions } from '../core/create.ts';
import type { TokenSource } from '../core/types.ts';
import { fileLock } from '../locks/file/index.ts';
import { fileStore } from '../stores/file/index.ts';

export interface NodeTokenSourceOptions extends TokenSourceOptions {
  /** Where records and locks are. Default: `tokens` in the user's data folder. */
  readonly folder?: string | undefined;
}

export function nodeTokenSource({ folder, ...options }: NodeTokenSourceOptions): TokenSource {
  return createTokenSource({
    store: fileStore({ folder }),
    lock: fileLock({ folder }),
    writer: `${hostname()}:${process.pid}`,
    ...options,
  });
}

export { dataFolder } from '../files/data-folder.ts';
export { fileLock, fileStore };
