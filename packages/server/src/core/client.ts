/** An application: who may ask for tokens, and how it proves that it is itself (RFC 6749, section 2). */

import type { Status } from './directory.ts';

/** What a confidential client may ask of the server beside its own tokens. */
export type ClientPermission = 'introspect' | 'revoke';

export type GrantType = 'authorization_code' | 'refresh_token' | 'client_credentials' | 'jwt_bearer';

/** How a client authenticates at the token endpoint; `none` is a public client (RFC 6749, section 2.1). */
export type ClientAuthentication = 'none' | 'client_secret' | 'private_key_jwt';

/** A public key that checks a client's assertions. */
export interface ClientKey {
  /** RFC 7638 thumbprint, or the name that the operator gave it. */
  readonly id: string;
  /** Public key as a JWK in JSON. */
  readonly jwk: string;
}

export interface ClientRotation {
  /** False: its refresh token stays the same for as long as the session lives (FAPI 2.0 asks for that). */
  readonly rotates: boolean;
  /** 0 to 600; `undefined` for the server's default. */
  readonly retryWindowSeconds: number | undefined;
}

export interface Client {
  readonly id: string;
  /** Id of its tenant, or `*` for a resource server that may ask about every tenant's grants. */
  readonly tenant: string;
  readonly name: string;
  readonly status: Status;
  readonly createdAtMs: number;
  /** Name of the dialect that it speaks: the others do not know it. */
  readonly dialect: string;
  /** Its kind, in the dialect's own word, such as `WebServer`. */
  readonly type: string;
  readonly authentication: ClientAuthentication;
  /** Keyed hash of the client secret; `undefined` where it has none. */
  readonly secretHash: string | undefined;
  readonly keys: readonly ClientKey[];
  readonly grantTypes: readonly GrantType[];
  /** Compared as they stand, but for the port of a loopback address (RFC 8252, section 7.3). */
  readonly redirectUris: readonly string[];
  readonly requiresPkce: boolean;
  /** Scopes that it may ask for; empty for every scope. */
  readonly scopes: readonly string[];
  /** Whether users are asked before it gets their tokens. */
  readonly isThirdParty: boolean;
  readonly rotation: ClientRotation;
  readonly permissions: readonly ClientPermission[];
  /** Resources that it serves: of tokens for other ones it learns nothing (RFC 7662, section 4). Empty for every resource. */
  readonly resources: readonly string[];
}

/** What an operator may change about a client; members that are absent stay. */
export type ClientChange = Partial<
  Pick<
    Client,
    | 'name'
    | 'status'
    | 'secretHash'
    | 'keys'
    | 'redirectUris'
    | 'scopes'
    | 'isThirdParty'
    | 'rotation'
    | 'permissions'
    | 'resources'
  >
>;
