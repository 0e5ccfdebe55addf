/** Secrets that a person typed at `login`: kept where the profile's tokens are kept, sealed where these are sealed. */

import { TokenError } from '../../core/errors.ts';
import type { TokenRecord, TokenStore } from '../../core/token-store.ts';

export interface StoredSecrets {
  read(option: string): Promise<string | undefined>;
  write(option: string, secret: string): Promise<void>;
  /** All of the profile. */
  remove(): Promise<void>;
}

/** What the keys of a profile's secrets begin with. */
export const prefixOf = (profile: string): string => `secret:${profile}:`;
const mostTries = 10;

/** A secret is a record like any other, whose token never ends. @param profile whose they are. */
export function storedSecrets(store: TokenStore, profile: string, nowMs: () => number): StoredSecrets {
  const keyOf = (option: string): string => prefixOf(profile) + option;
  return {
    async read(option) {
      const record = await store.read(keyOf(option));
      return record?.grant?.token.token;
    },
    async write(option, secret) {
      for (let tries = 1; tries <= mostTries; tries += 1) {
        const before = await store.read(keyOf(option)).catch(() => undefined);
        const generation = before === undefined ? nowMs() : before.generation + 1;
        const grant = { token: { token: secret } };
        const record: TokenRecord = { v: 1, generation, grant, receivedAtMs: nowMs(), skewMs: 0, writer: 'login' };
        if ((await store.write(keyOf(option), record, { ifGeneration: before?.generation })) === 'ok') return;
      }
      throw new TokenError({ code: 'store_conflict', message: 'the secret is changed all the time' });
    },
    async remove() {
      for (const key of await store.list(prefixOf(profile))) await store.remove(key);
    },
  };
}
