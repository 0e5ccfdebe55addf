/** One connection to IndexedDB, opened when it is needed and again after the browser has closed it. */

import { TokenError } from '../core/errors.ts';

/** What is used of IndexedDB, so that nothing here asks for the DOM's types. */
export interface IdbFactory {
  open(name: string, version: number): IdbOpening;
}
interface IdbRequest<Result> {
  readonly result: Result;
  readonly error: unknown;
  onsuccess: unknown;
  onerror: unknown;
}
interface IdbOpening extends IdbRequest<IdbDatabase> {
  onupgradeneeded: unknown;
}
interface IdbDatabase {
  createObjectStore(name: string): unknown;
  transaction(name: string, mode: 'readonly' | 'readwrite', options: { readonly durability: 'strict' }): IdbTransaction;
  close(): void;
  onversionchange: unknown;
  onclose: unknown;
}
interface IdbTransaction {
  objectStore(name: string): IdbObjectStore;
  readonly error: unknown;
  oncomplete: unknown;
  onabort: unknown;
}
export interface IdbObjectStore {
  get(key: string): IdbRequest<unknown>;
  put(value: unknown, key: string): IdbRequest<unknown>;
  delete(key: string): IdbRequest<unknown>;
  getAllKeys(): IdbRequest<readonly unknown[]>;
}

declare const indexedDB: IdbFactory | undefined;
declare const localStorage: unknown;

const version = 1;
const objectStores = ['records', 'keys'] as const;

export type ObjectStore = (typeof objectStores)[number];

export interface IdbConnection {
  /** One transaction: on disk when the promise settles. `work` awaits nothing but `resultOf` its own requests. */
  run<Result>(
    name: ObjectStore,
    mode: 'readonly' | 'readwrite',
    work: (records: IdbObjectStore) => Promise<Result>,
  ): Promise<Result>;
}

export const resultOf = <Result>(request: IdbRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * What a page is told that may keep nothing, as a frame of another site. IndexedDB says `UnknownError` there (Chromium 156), as it
 * does of a broken disk; the storage beside it says plainly what is the matter.
 */
function refusalOfStorage(): unknown {
  try {
    void localStorage;
  } catch (refusal) {
    return refusal instanceof ReferenceError ? undefined : refusal;
  }
  return undefined;
}

export function idbConnection(database: string, factory: IdbFactory | undefined): IdbConnection {
  let opened: Promise<IdbDatabase> | undefined;
  const forget = (): void => {
    opened = undefined;
  };
  async function open(): Promise<IdbDatabase> {
    const found = factory ?? (typeof indexedDB === 'undefined' ? undefined : indexedDB);
    if (!found) throw new TokenError({ code: 'config', message: 'there is no IndexedDB here' });
    const opening = found.open(database, version);
    opening.onupgradeneeded = () => {
      for (const name of objectStores) opening.result.createObjectStore(name);
    };
    const connection = await resultOf(opening);
    connection.onclose = forget;
    // Another tab wants to delete or change it.
    connection.onversionchange = () => {
      connection.close();
      forget();
    };
    return connection;
  }
  return {
    async run(name, mode, work) {
      try {
        opened ??= open();
        const transaction = (await opened).transaction(name, mode, { durability: 'strict' });
        const completed = new Promise<void>((resolve, reject) => {
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error);
        });
        const [result] = await Promise.all([work(transaction.objectStore(name)), completed]);
        return result;
      } catch (thrown) {
        // A connection that does not work any more is opened again by the next call.
        forget();
        if (thrown instanceof TokenError) throw thrown;
        const code = mode === 'readonly' ? 'store_read' : 'store_write';
        const cause = refusalOfStorage() ?? thrown;
        const retryable = !(cause instanceof Error && cause.name === 'SecurityError');
        throw new TokenError({ code, message: 'IndexedDB does not work here', retryable, cause });
      }
    },
  };
}
