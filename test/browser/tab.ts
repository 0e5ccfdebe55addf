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
  /** Resolves with who logged out, however long ago. */
  readonly loggedOut: Promise<string>;
  /** Types of the events so far. */
  readonly events: readonly string[];
}

const stores = {
  memory: () => memoryStore(),
  idb: () => idbStore(),
  sealed: () => idbStore({ sealed: true }),
  web: () => webStore(),
  'idb or memory': () => orMemory(idbStore()),
  'sealed or memory': () => orMemory(idbStore({ sealed: true })),
  'web or memory': () => orMemory(webStore()),
} as const satisfies Readonly<Record<string, () => TokenStore>>;

const codeOf = (error: unknown): string => (isTokenError(error) ? error.code : String(error));

export function open({ url, store, locks = true, isReplayable, interactive }: TabOptions): Tab {
  let passedMs = 0;
  const real = systemClock();
  const clock = { ...real, nowMs: () => real.nowMs() + passedMs, monoMs: () => real.monoMs() + passedMs };
  const events: string[] = [];
  const source = createTokenSource({
    provider: rotating({ url, isReplayable, interactive }),
    store: stores[store](),
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
    logout: async () => (await source.logout()).revoked,
    loggedOut: new Promise((resolve) => source.on('logout', ({ by }) => resolve(by))),
    events,
  };
}
