/** A signing key in memory. Its secret lives in closures, so that no log, no inspection and no JSON can show it. */

import type { KeyObject } from 'node:crypto';
import type { Algorithm, UnsignedToken } from '../core/token.ts';
import {
  type CheckSignature,
  type MakeSignature,
  signatureChecker,
  signatureMaker,
  threadedSignatureMaker,
} from './algorithms.ts';
import { encodeBase64url } from './base64url.ts';
import { type PublicJwk, publicMembers } from './jwk.ts';
import { createHeaderWriter } from './jwt-header.ts';
import { rememberingChecker } from './remembered-signatures.ts';

export interface OpenKey {
  readonly id: string;
  readonly algorithm: Algorithm;
  /** `undefined` for HS256. */
  readonly publicJwk: PublicJwk | undefined;
  /** The whole token. */
  sign(token: UnsignedToken): string;
  /** The same; where signing is costly, on another thread. */
  signThreaded(token: UnsignedToken): string | Promise<string>;
  /** The signature over a text that is no JWT, in base64url. */
  readonly makeSignature: MakeSignature;
  readonly check: CheckSignature;
}

export interface OpenKeyOptions {
  /** Signs the same text the same way each time, whatever the algorithm. Default false. */
  readonly repeats?: boolean | undefined;
  /** Signatures of ES256 and RS256 that held, and are not looked into again. Default 0. */
  readonly rememberedSignatures?: number | undefined;
}

/** @param key secret of HS256, private key of the others. */
export function openKey(id: string, algorithm: Algorithm, key: KeyObject, options: OpenKeyOptions = {}): OpenKey {
  const { repeats, rememberedSignatures = 0 } = options;
  const check = signatureChecker(algorithm, key);
  const makeSignature = signatureMaker(algorithm, key, repeats);
  const makeThreaded = threadedSignatureMaker(algorithm, key, repeats);
  const encodeHeader = createHeaderWriter(algorithm, id);
  const members = publicMembers(key);
  const inputOf = (token: UnsignedToken): string => `${encodeHeader(token.header)}.${encodeBase64url(token.payload)}`;
  return {
    id,
    algorithm,
    publicJwk: members && { ...members, use: 'sig', alg: algorithm, kid: id },
    sign(token) {
      const input = inputOf(token);
      return `${input}.${makeSignature(input)}`;
    },
    signThreaded(token) {
      const input = inputOf(token);
      const signature = makeThreaded(input);
      return typeof signature === 'string' ? `${input}.${signature}` : signature.then((made) => `${input}.${made}`);
    },
    makeSignature,
    // An HMAC is checked as fast as it would be remembered.
    check: algorithm === 'HS256' ? check : rememberingChecker(check, rememberedSignatures),
  };
}
