/** Signs with the key of the hour and checks with every key that lives. */

import type { Algorithm, TokenFormat } from '../core/token.ts';
import type { Clock, Signer } from '../service/ports.ts';
import { verifyJwt } from './jwt.ts';
import { signOpaque, verifyOpaque } from './opaque.ts';
import type { OpenKey } from './open-key.ts';
import type { Slot } from './slot.ts';

export function createKeySigner(clock: Clock, slotOf: (use: string, algorithm: Algorithm) => Slot | undefined): Signer {
  function signingKey({ keyUse, algorithm }: Pick<TokenFormat, 'keyUse' | 'algorithm'>): OpenKey {
    const key = slotOf(keyUse, algorithm)?.at(clock.nowMs()).signing;
    if (!key) throw new Error(`The key ring has no ${algorithm} key for ${keyUse}`);
    return key;
  }

  return {
    sign(format, token) {
      const key = signingKey(format);
      return format.shape === 'opaque' ? signOpaque(key, token.payload) : key.sign(token);
    },

    signThreaded(format, token) {
      const key = signingKey(format);
      return format.shape === 'opaque' ? signOpaque(key, token.payload) : key.signThreaded(token);
    },

    verify(format, token) {
      const slot = slotOf(format.keyUse, format.algorithm);
      if (!slot) return undefined;
      if (format.shape === 'opaque') return verifyOpaque(slot.at(clock.nowMs()).verifying, token);
      return verifyJwt(token, format.algorithm, (jwt, { kid }) => {
        const keys = slot.at(clock.nowMs()).verifying;
        return keys.some((key) => (kid === undefined || kid === key.id) && key.check(jwt.signingInput, jwt.signature));
      });
    },
  };
}
