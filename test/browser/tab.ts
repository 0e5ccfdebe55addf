/** What runs in a tab: a token source over a credential that tabs share. The tests hold its strings from outside. */

import { createTokenSource, isTokenError, memoryStore, systemClock, type TokenStore } from '@hufu/client';
import { webLock } from '@hufu/client/locks/web';
import { idbStore } from '@hufu/client/stores/idb';
import { orMemory } from '@hufu/client/stores/memory';
import { webStore } from '@hufu/client/stores/web';
import { rotating } from '../client/rotating-provider.ts';

export interface TabOptions {
  /** Of the token server. */
  readonly url: string;
  readonly store: keyof typeof stores;
  /** Tabs with another one share nothing. */
  readonly name?: string;
  readonly locks?: boolean;
  readonly isReplayable?: boolean;
  readonly interactive?: boolean;
}

export interface Tab {
  /** The token, or the code of the error. With `reject`: the token that the tab has was refused. */
  get(options?: { readonly interactive?: boolean; readonly reject?: boolean }): Promise<string>;
  peek(): string | undefined;
  /** Every clock of the tab goes on by so much. */
  pass(ms: number): void;
  logout(): Promise<boolean>;
  close(): Promise<void>;
  /** Resolves with who logged out, however long ago. */
  readonly loggedOut: Promise<string>;
  /** Types of the events so far. */
  readonly events: readonly string[];
}

const stores = {
  memory: () => memoryStore(),
  idb: (database) => idbStore({ database }),
  sealed: (database) => idbStore({ database, sealed: true }),
  web: (prefix) => webStore({ prefix }),
  'idb or memory': (database) => orMemory(idbStore({ database })),
  'sealed or memory': (database) => orMemory(idbStore({ database, sealed: true })),
  'web or memory': (prefix) => orMemory(webStore({ prefix })),
} as const satisfies Readonly<Record<string, (name: string) => TokenStore>>;

const codeOf = (error: unknown): string => (isTokenError(error) ? error.code : String(error));

export function open({ url, store, name = 'hufu', locks = true, isReplayable, interactive }: TabOptions): Tab {
  let passedMs = 0;
  const real = systemClock();
  const clock = { ...real, nowMs: () => real.nowMs() + passedMs, monoMs: () => real.monoMs() + passedMs };
  const events: string[] = [];
  const source = createTokenSource({
    provider: rotating({ url, isReplayable, interactive }),
    store: stores[store](name),
    lock: locks ? webLock() : undefined,
    clock,
    onEvent: ({ type }) => events.push(type),
  });
  return {
    async get({ interactive: isAsked = false, reject: isRefused = false } = {}) {
      const held = isRefused ? source.peek() : undefined;
      try {
        return (await source.getToken({ interactive: isAsked, ...(held && { reject: held }) })).token;
      } catch (error) {
        return codeOf(error);
      }
    },
    peek: () => source.peek()?.token,
    pass(ms) {
      passedMs += ms;
    },
    close: () => source.close(),
    logout: async () => (await source.logout()).revoked,
    loggedOut: new Promise((resolve) => source.on('logout', ({ by }) => resolve(by))),
    events,
  };
}
