/** Keys and what they do: signing, checking what clients signed, passwords, secrets at rest. */

import type { ClientKey } from '../../core/client.ts';
import type { AssertionProblem } from '../../core/reasons.ts';
import type { Algorithm, TokenFormat, UnsignedToken } from '../../core/token.ts';

/** Signs and checks tokens under the keys of a `use`. */
export interface Signer {
  sign(format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>, token: UnsignedToken): string;
  /** The same; where signing is costly (RSA), on another thread. */
  signThreaded(
    format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>,
    token: UnsignedToken,
  ): string | Promise<string>;
  /**
   * The payload of a token that a live key of `keyUse` signed with exactly `algorithm`; `undefined` for anything else.
   * Never throws for bad input.
   */
  verify(
    format: Pick<TokenFormat, 'keyUse' | 'algorithm' | 'shape'>,
    token: string,
  ): Record<string, unknown> | undefined;
}

/** Checks assertions that clients signed with keys of their own (RFC 7523, section 3). */
export interface Assertions {
  /** The issuer that a JWT claims, unverified: it says whose keys to look for. */
  issuerOf(assertion: string): string | undefined;
  /**
   * The payload, where one of the keys made the signature with one of the algorithms. A key never checks an algorithm of
   * another family, whatever the header says.
   */
  verify(
    keys: readonly ClientKey[],
    algorithms: readonly Algorithm[],
    assertion: string,
  ): Record<string, unknown> | AssertionProblem;
  /** SubjectPublicKeyInfo in PEM. */
  pemOf(key: ClientKey): string;
}

/** The text is no public key that can check an assertion. */
export class ClientKeyUnreadable extends Error {
  override readonly name = 'ClientKeyUnreadable';
}

/** Keys that operators give to clients. */
export interface ClientKeys {
  /**
   * @param text a public key: PEM (SubjectPublicKeyInfo or PKCS#1) or a JWK in JSON; RSA of 2048 bits or more, or P-256.
   * @throws {ClientKeyUnreadable} for anything else, a private key among them.
   */
  read(text: string): ClientKey;
  /** A new pair; the private half (PKCS#8 PEM) is shown once and kept nowhere. */
  generate(algorithm: 'RS256' | 'ES256'): Promise<{ readonly key: ClientKey; readonly privateKeyPem: string }>;
}

/** Passwords, slowly (Argon2id, RFC 9106). Both throw `Overloaded` where too many wait in line. */
export interface Passwords {
  /** In PHC form. */
  hash(password: string): Promise<string>;
  /** Takes as long where `hash` is `undefined`, and says no. */
  verify(password: string, hash: string | undefined): Promise<boolean>;
}

/** Keeps secrets at rest. */
export interface Sealing {
  /** AES-256-GCM under the master key; `binding` is authenticated, so that a row's secret opens in that row only. */
  seal(text: string, binding: string): Uint8Array;
  /** Throws where the master key or the binding is another one. */
  open(sealed: Uint8Array, binding: string): string;
  /** Keyed hash of a high-entropy secret, in base64url: for comparing only. */
  keyedHash(text: string, purpose: string): string;
}
