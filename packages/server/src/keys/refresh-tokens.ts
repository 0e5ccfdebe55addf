/** Makes and checks the tags of refresh tokens, under the keys of the use `renewal`, which serve for nothing else. */

import { decodeRefreshToken, encodeRefreshToken, tagDigits, taggedText } from '../core/refresh-token.ts';
import type { Clock, RefreshTokens } from '../service/ports.ts';
import { hashing } from './hashing.ts';
import type { OpenKey } from './open-key.ts';
import type { KeyUse } from './rotation.ts';
import type { Slot } from './slot.ts';

export const renewalUse = 'renewal';

/**
 * The key ring's use for refresh tokens.
 *
 * @param publishAheadSeconds more than 0: whether a generation began before a key or after it must not depend on who knew
 *   the key already, or a retry would get another text.
 * @param longestTokenSeconds longest time for which any refresh token may renew: a retired key is kept for as long.
 */
export const renewalKeyUse = (publishAheadSeconds: number, longestTokenSeconds: number): KeyUse => ({
  use: renewalUse,
  algorithm: 'HS256',
  publishAheadSeconds,
  longestTokenSeconds,
});

/** @param slotOf the keys of the use, as they are now; `undefined` where the ring has none. */
export function createRefreshTokens(clock: Clock, slotOf: () => Slot | undefined): RefreshTokens {
  return {
    mint({ grantId, generation }, sinceMs) {
      const key = slotOf()?.at(sinceMs).signing;
      if (!key) throw new Error(`The key ring has no key for ${renewalUse}`);
      const tagged = taggedText({ keyId: key.id, grantId, generation });
      return encodeRefreshToken(tagged, tagOf(key, tagged));
    },

    read(token) {
      const parts = decodeRefreshToken(token);
      if (!parts) return undefined;
      const key = slotOf()
        ?.at(clock.nowMs())
        .verifying.find(({ id }) => id === parts.keyId);
      if (!key || !hashing.equal(tagOf(key, parts.tagged), parts.tag)) return undefined;
      return { grantId: parts.grantId, generation: parts.generation };
    },
  };
}

const tagOf = (key: OpenKey, tagged: string): string =>
  Buffer.from(key.makeSignature(tagged), 'base64url').toString('hex', 0, tagDigits / 2);
