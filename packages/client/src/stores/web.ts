/**
 * Records in `localStorage` or `sessionStorage`. Every script of the origin can read them, an injected one as well: prefer the
 * memory store, or IndexedDB with a sealed codec. Browsers hand `localStorage` from one tab's process to another's when they get
 * to it, and neither Web Locks nor anything else makes them do it sooner: a tab can read a refresh token that another has spent.
 * Several tabs share a credential that rotates in IndexedDB alone; here, only one whose renewal spends nothing.
 */

import { TokenError } from '../core/errors.ts';
import { tokenStore } from '../core/sharing/token-store.ts';
import type { TokenRecord, TokenStore } from '../core/types.ts';
import { announcements } from './announce.ts';

/** What is used of `Storage`. */
export interface WebStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

interface WriteLocks {
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

export interface WebStoreOptions {
  /** Default: `localStorage`. */
  readonly storage?: WebStorage | undefined;
  /** Before each key in the storage. Default: `hufu:`. */
  readonly prefix?: string | undefined;
  /** Default: `navigator.locks`; `null`: none. */
  readonly locks?: WriteLocks | null | undefined;
}

declare const localStorage: WebStorage;
type Listening = (type: 'storage', listener: (event: { readonly key?: string | null }) => void) => void;
declare const addEventListener: Listening | undefined;
declare const removeEventListener: Listening | undefined;
declare const navigator: { readonly locks?: WriteLocks } | undefined;

export function webStore({ storage, prefix = 'hufu:', locks }: WebStoreOptions = {}): TokenStore {
  const news = announcements(prefix);
  const within = <Result>(code: 'store_read' | 'store_write', work: (area: WebStorage) => Result): Result => {
    try {
      // Reading `localStorage` itself throws where cookies are blocked.
      return work(storage ?? localStorage);
    } catch (cause) {
      if (cause instanceof TokenError) throw cause;
      throw new TokenError({ code, message: 'the storage of this page does not work', retryable: false, cause });
    }
  };
  const read = (key: string): TokenRecord | undefined =>
    within('store_read', (area) => {
      const text = area.getItem(prefix + key);
      // Written by this store: what another script of the origin puts there is as trusted as that script.
      return text === null ? undefined : (parsed(text) as TokenRecord);
    });
  const inTurn = async <Result>(key: string, work: () => Result): Promise<Result> => {
    const manager = locks === undefined ? webLocks() : locks;
    return manager ? manager.request(`${prefix}write:${key}`, async () => work()) : work();
  };
  return tokenStore({
    read: async (key) => read(key),
    async write(key, record, { ifGeneration }) {
      const outcome = await inTurn(key, () => {
        if (read(key)?.generation !== ifGeneration) return 'conflict';
        within('store_write', (area) => area.setItem(prefix + key, JSON.stringify(record)));
        return 'ok';
      });
      if (outcome === 'ok') news.tell(key);
      return outcome;
    },
    async remove(key, condition) {
      const outcome = await inTurn(key, () => {
        if (condition && read(key)?.generation !== condition.ifGeneration) return 'conflict';
        within('store_write', (area) => area.removeItem(prefix + key));
        return 'ok';
      });
      if (outcome === 'ok') news.tell(key);
      return outcome;
    },
    list: async (beginning) =>
      within('store_read', (area) => {
        const names = Array.from({ length: area.length }, (_, index) => area.key(index) ?? '');
        return names.filter((name) => name.startsWith(prefix + beginning)).map((name) => name.slice(prefix.length));
      }),
    watch(key, changed) {
      const end = news.on(key, changed);
      // The word of another tab may be here before what it wrote; this event comes when that is here, too.
      const hear = (event: { readonly key?: string | null }): void => {
        if (event.key === prefix + key || event.key === null) changed();
      };
      if (typeof addEventListener !== 'undefined') addEventListener('storage', hear);
      return () => {
        end();
        if (typeof removeEventListener !== 'undefined') removeEventListener('storage', hear);
      };
    },
  });
}

function webLocks(): WriteLocks | undefined {
  try {
    return typeof navigator === 'undefined' ? undefined : navigator.locks;
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TokenError({ code: 'store_read', message: 'a stored record is damaged: log out to remove it' });
  }
}
