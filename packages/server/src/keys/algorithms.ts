/** The three signature algorithms (RFC 7518, section 3), as functions that keep their key to themselves. */

import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import type { Algorithm } from '../core/token.ts';
import { decodeBase64url } from './base64url.ts';
import { derSignature, rawSignature } from './ecdsa-signature.ts';
import { hashing } from './hashing.ts';
import { repeatableMaker } from './repeatable-ecdsa.ts';

/** Gives the signature in base64url. */
export type MakeSignature = (signingInput: string) => string;
/** Tells whether a signature in base64url holds; false, never an exception, for whatever is not one. */
export type CheckSignature = (signingInput: string, signature: string) => boolean;

/** A key of another kind, curve or size than the algorithm asks for. */
export class KeyMismatch extends Error {
  override readonly name = 'KeyMismatch';
}

/**
 * @param key the secret of HS256, the private key of the others.
 * @param repeats ES256 gives the same signature over the same text again, as the others do: for an emulator under a seed.
 */
export function signatureMaker(algorithm: Algorithm, key: KeyObject, repeats = false): MakeSignature {
  assertFits(algorithm, key);
  switch (algorithm) {
    case 'HS256': {
      const secret = key.export();
      return (input) => hashing.hmacText('sha256', secret, input, 'base64url');
    }
    case 'RS256':
      return (input) => sign('sha256', Buffer.from(input), key).toString('base64url');
    case 'ES256':
      if (repeats) return repeatableMaker(key);
      return (input) => rawSignature(sign('sha256', Buffer.from(input), key)).toString('base64url');
  }
}

const signOnThread = promisify(sign);

/**
 * The same on a thread of the pool where it is worth the way there: an RSA signature takes most of a millisecond, during
 * which the main thread answers others, and further cores sign at the same time.
 */
export function threadedSignatureMaker(
  algorithm: Algorithm,
  key: KeyObject,
  repeats = false,
): (signingInput: string) => string | Promise<string> {
  if (algorithm !== 'RS256') return signatureMaker(algorithm, key, repeats);
  assertFits(algorithm, key);
  return async (input) => (await signOnThread('sha256', Buffer.from(input), key)).toString('base64url');
}

/** @param key the secret of HS256; a public or private key for the others. A public key never checks an HMAC. */
export function signatureChecker(algorithm: Algorithm, key: KeyObject): CheckSignature {
  assertFits(algorithm, key);
  switch (algorithm) {
    case 'HS256': {
      const make = signatureMaker(algorithm, key);
      return (input, signature) => hashing.equal(make(input), signature);
    }
    case 'RS256':
      // OpenSSL refuses a signature of another length than the key's.
      return publicChecker(publicHalf(key), (bytes) => bytes);
    case 'ES256':
      return publicChecker(publicHalf(key), derSignature);
  }
}

/**
 * The key goes to `node:crypto` by itself: in an object of options, Node throws and catches an error to find out what it is.
 *
 * @param forOpenssl `undefined` for what is no signature.
 */
function publicChecker(key: KeyObject, forOpenssl: (bytes: Buffer) => Buffer | undefined): CheckSignature {
  return (input, signature) => {
    const decoded = decodeBase64url(signature);
    const bytes = decoded && forOpenssl(decoded);
    return bytes !== undefined && verify('sha256', Buffer.from(input), key, bytes);
  };
}

export const publicHalf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key);

/** Minimum sizes are those of RFC 7518, sections 3.2 and 3.3. */
function assertFits(algorithm: Algorithm, key: KeyObject): void {
  if (!fits(algorithm, key)) throw new KeyMismatch(`This key is not one for ${algorithm}`);
}

export function fits(algorithm: Algorithm, key: KeyObject): boolean {
  switch (algorithm) {
    case 'HS256':
      return key.type === 'secret' && (key.symmetricKeySize ?? 0) >= 32;
    case 'RS256':
      return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 2048;
    case 'ES256':
      return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1';
  }
}
