/**
 * AccessKeys with their opened secrets, as long as they are in use. A bounded cache: whoever changes an access key, a user
 * or a tenant calls `forget`, so that a disabled key is refused from the next request on.
 */

import type { AccessKeyHolder } from '../core/directory.ts';
import type { SecretView } from '../core/proof.ts';
import { createCached } from './cached.ts';
import type { DirectoryStore, Sealing } from './ports.ts';

export interface Credential {
  readonly holder: AccessKeyHolder;
  readonly secret: SecretView;
  /** Requests in the current second, for the rate limit. */
  readonly window: { second: number; count: number };
}

export interface Credentials {
  find(accessKeyId: string): Promise<Credential | undefined>;
  /** Forgets every cached key: changes of the directory are rare, and a change may concern many keys. */
  forget(): void;
}

/** Binds a sealed secret to its row. */
export const accessKeyBinding = (accessKeyId: string): string => `access_key/${accessKeyId}`;

/** Derived keys that one credential keeps; a signing key lives a day and a region. */
const memoLimit = 16;

export function createCredentials(
  store: Pick<DirectoryStore, 'findAccessKey'>,
  sealing: Sealing,
  maxEntries: number,
): Credentials {
  const cached = createCached(
    maxEntries,
    async (accessKeyId): Promise<Credential | undefined> => {
      const holder = await store.findAccessKey(accessKeyId);
      if (!holder) return undefined;
      const text = sealing.open(holder.accessKey.sealedSecret, accessKeyBinding(accessKeyId));
      return { holder, secret: secretView(text), window: { second: 0, count: 0 } };
    },
    (credential) => credential !== undefined,
  );
  return {
    find: async (accessKeyId) => cached.get(accessKeyId),
    forget: () => cached.forget(),
  };
}

function secretView(text: string): SecretView {
  const derived = new Map<string, Uint8Array>();
  const view: SecretView = {
    text,
    memo(label, derive) {
      let value = derived.get(label);
      if (!value) {
        value = derive();
        if (derived.size >= memoLimit) derived.clear();
        derived.set(label, value);
      }
      return value;
    },
  };
  // A secret shows in no log, not even where somebody logs the object that holds it.
  Object.defineProperty(view, 'text', { enumerable: false });
  return view;
}
