/** For tests of what happens where a store cannot be written. */

import { TokenError } from './errors.ts';
import { memoryStore } from './memory-store.ts';
import type { TokenRecord, TokenStore } from './token-store.ts';

export interface Failing {
  readonly store: TokenStore;
  readonly inner: TokenStore;
  /** Which writes fail. */
  refuses: (record: TokenRecord) => boolean;
  /** Writes that were refused. */
  count: number;
}

/** A store whose disk is full, or that cannot be written at all. */
export function failing(error: { readonly retryable: boolean }): Failing {
  const inner = memoryStore();
  const state: Failing = {
    inner,
    refuses: () => false,
    count: 0,
    store: {
      ...inner,
      async write(name, record, condition) {
        if (!state.refuses(record)) return inner.write(name, record, condition);
        state.count += 1;
        throw new TokenError({ code: 'store_write', message: 'ENOSPC', ...error });
      },
    },
  };
  return state;
}

/** The record that has this token. */
export const brings = (token: string) => (record: TokenRecord) => record.grant?.token.token === token;
