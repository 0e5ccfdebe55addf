/** How the suite gets a store to hold to its rules. */

import { it } from 'node:test';
import type { Store } from '../../service/ports.ts';

export interface FreshStore {
  readonly store: Store;
  /** Closes the store, unless that was done, and opens its data again. */
  reopen(): Promise<Store>;
  /** Closes what is open and removes the data. */
  dispose(): Promise<void>;
}

/** Opens a store without any data. */
export type OpenFresh = () => Promise<FreshStore>;

/** A test on a store of its own. */
export type Rule = (name: string, body: (store: Store, fresh: FreshStore) => Promise<void>) => void;

export const ruleOn =
  (openFresh: OpenFresh): Rule =>
  (name, body) => {
    it(name, async (test) => {
      const fresh = await openFresh();
      test.after(() => fresh.dispose());
      await body(fresh.store, fresh);
    });
  };
