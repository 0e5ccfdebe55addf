/** The assertion of a JWT application as the core judges it: the vendor's claims, and whom they may name. */

import { nameLimits, readAssertion } from '@hufu/wire/pds';
import type { AssertionClaims } from '../../core/assertion.ts';
import type { AssertionProblem } from '../../core/reasons.ts';
import { isVisible } from './visible.ts';

export function readPdsAssertion(payload: Record<string, unknown>): AssertionClaims | AssertionProblem {
  const claims = readAssertion(payload);
  if (typeof claims === 'string') return claims;
  const { iss, sub, sub_type, aud, jti, exp, iat, nbf, auto_create } = claims;
  const isService = sub_type === 'service';
  // The service account has the domain's id: nobody gets it by calling it a user, or makes a user in its place.
  if (!isService && (sub === aud || !isUserId(sub))) return 'sub';
  return {
    issuer: iss,
    subject: isService ? { kind: 'service', id: sub } : { kind: 'user', id: sub, create: auto_create },
    audiences: [aud],
    jti,
    exp,
    iat,
    nbf,
  };
}

const isUserId = (id: string): boolean => [...id].length <= nameLimits.userId && !id.includes('#') && isVisible(id);
