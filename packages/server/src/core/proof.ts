/** How a caller proves who they are. A dialect reads the proof from the request; the service checks it. */

/** The hashing that a proof may use, given to the pure dialects by the service. */
export interface Hashing {
  hmac(algorithm: 'sha1' | 'sha256', key: string | Uint8Array, text: string): Uint8Array;
  hmacText(
    algorithm: 'sha1' | 'sha256',
    key: string | Uint8Array,
    text: string,
    encoding: 'hex' | 'base64' | 'base64url',
  ): string;
  digestHex(algorithm: 'md5' | 'sha256', data: string | Uint8Array): string;
  digestText(algorithm: 'sha256', data: string | Uint8Array, encoding: 'base64url'): string;
  /** Compares in time that depends on the lengths only. */
  equal(a: string, b: string): boolean;
}

/** An AccessKey's secret while a proof is checked. */
export interface SecretView {
  readonly text: string;
  /** Keeps what is costly to derive from the secret, such as a day's signing key, as long as the secret is cached. */
  memo(label: string, derive: () => Uint8Array): Uint8Array;
}

/** A request signed with an AccessKey. */
export interface SignatureProof {
  readonly kind: 'signature';
  readonly accessKeyId: string;
  /** Security token of temporary credentials, where one was sent. */
  readonly securityToken: string | undefined;
  /** The instant that the request claims, and its text for the refusal. */
  readonly requestTime: { readonly atMs: number; readonly text: string };
  /** How far `requestTime` may be from the server's time, either way. */
  readonly clockSkewSeconds: number;
  /** Login name that the request gives beside the key: it must be that of the key's user. */
  readonly userName?: string | undefined;
  /** The signature as it was sent, where a dialect may refuse it a second time. */
  readonly signature?: string | undefined;
  verify(secret: SecretView, hashing: Hashing): boolean;
}

/** Somebody who says a name and a password on behalf of an organisation. */
export interface PasswordProof {
  readonly kind: 'password';
  /** Id of the organisation's client. */
  readonly organisation: string;
  readonly userName: string;
  readonly password: string;
}

/** A token that proves itself. */
export interface TokenProof {
  readonly kind: 'token';
  readonly token: string;
}

/** A client that names itself with a secret (RFC 6749, section 2.3.1). */
export interface ClientSecretProof {
  readonly kind: 'client_secret';
  readonly clientId: string;
  readonly clientSecret: string;
}

/** A client that signs an assertion of its own (RFC 7523, section 2.2). */
export interface ClientAssertionProof {
  readonly kind: 'client_assertion';
  /** As the request names the client beside the assertion, where it does. */
  readonly clientId: string | undefined;
  readonly assertion: string;
}

/** A client that only says who it is: public, or proved by what else it sends. */
export interface ClientNameProof {
  readonly kind: 'client_name';
  readonly clientId: string;
}

/** A public client that leaves it to its refresh token to say who it is. */
export interface ClientOfTokenProof {
  readonly kind: 'client_of_token';
}

export type ClientProof = ClientSecretProof | ClientAssertionProof | ClientNameProof | ClientOfTokenProof;
