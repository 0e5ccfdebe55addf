/**
 * Assertions that clients signed with keys of their own (RFC 7523): whose they claim to be, and whether a key made them.
 * The key decides which algorithm may be used, never the header alone (RFC 8725, sections 2.1 and 3.1).
 */

import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { ClientKey } from '../core/client.ts';
import type { AssertionProblem } from '../core/reasons.ts';
import type { Algorithm } from '../core/token.ts';
import type { Assertions } from '../service/ports.ts';
import { type CheckSignature, fits, signatureChecker } from './algorithms.ts';
import { readJsonObject, readJwtHeader, splitJwt } from './jwt.ts';

interface CheckingKey {
  readonly key: KeyObject;
  readonly checkers: Map<Algorithm, CheckSignature>;
}

const knownAlgorithms: readonly Algorithm[] = ['RS256', 'ES256'];

/** @param maxKeys parsed keys that are kept. */
export function createAssertions(maxKeys: number): Assertions {
  const parsed = new Map<string, CheckingKey>();

  function open({ jwk }: ClientKey): CheckingKey {
    let known = parsed.get(jwk);
    if (!known) {
      known = { key: publicKeyOf(jwk), checkers: new Map() };
      if (parsed.size >= maxKeys) parsed.clear();
      parsed.set(jwk, known);
    }
    return known;
  }

  function checkerOf(key: ClientKey, algorithm: Algorithm): CheckSignature | undefined {
    const known = open(key);
    const checker = known.checkers.get(algorithm);
    if (checker || !fits(algorithm, known.key)) return checker;
    const made = signatureChecker(algorithm, known.key);
    known.checkers.set(algorithm, made);
    return made;
  }

  return {
    issuerOf(assertion) {
      const jwt = splitJwt(assertion);
      const issuer = jwt && readJsonObject(jwt.payload)?.iss;
      return typeof issuer === 'string' && issuer !== '' ? issuer : undefined;
    },

    verify(keys, algorithms, assertion): Record<string, unknown> | AssertionProblem {
      const jwt = splitJwt(assertion);
      const header = jwt && readJwtHeader(jwt.header);
      if (!header) return 'form';
      const algorithm = knownAlgorithms.find((one) => one === header.alg && algorithms.includes(one));
      if (!algorithm) return 'alg';
      // A `kid` that names one of the keys chooses it; vendors' clients send none.
      const named = keys.filter(({ id }) => id === header.kid);
      const checkers = (named.length > 0 ? named : keys).map((key) => checkerOf(key, algorithm));
      if (!checkers.some((checker) => checker !== undefined)) return 'key';
      if (!checkers.some((check) => check?.(jwt.signingInput, jwt.signature))) return 'signature';
      return readJsonObject(jwt.payload) ?? 'form';
    },

    pemOf: (key) => open(key).key.export({ type: 'spki', format: 'pem' }).toString(),
  };
}

function publicKeyOf(jwk: string): KeyObject {
  // Written by `clientKeyOf` and by nobody else.
  return createPublicKey({ key: JSON.parse(jwk) as JsonWebKey, format: 'jwk' });
}
