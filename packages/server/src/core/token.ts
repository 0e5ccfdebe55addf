/** How the life of a grant becomes signed text and back. A dialect brings one `TokenFormat` for each kind of token. */

import type { User } from './directory.ts';
import type { Grant, StoredGrant } from './grant.ts';
import type { GrantId } from './ids.ts';
import type { RegionAccount } from './region.ts';
import type { AccessTokenTimes } from './renewal.ts';

export type Algorithm = 'HS256' | 'RS256' | 'ES256';

/**
 * The first part of a JWT: its exact text, for dialects whose header names no key; or its `typ` alone, where the key ring
 * writes `{"alg","typ","kid"}` for the key that signs.
 */
export type TokenHeader = string | { readonly typ: string };

/** A token before its signature. */
export interface UnsignedToken {
  /** Nothing reads it where the token is opaque. */
  readonly header: TokenHeader;
  /** JSON text. */
  readonly payload: string;
}

/** What a token of ours says about itself, once its signature holds. */
export interface TokenFacts {
  readonly grantId: GrantId;
  /** `undefined` where the token does not say. */
  readonly issuedAtMs: number | undefined;
  readonly expiresAtMs: number;
  /** Generation of the grant that this token belongs to, where its grant rotates. */
  readonly generation: number | undefined;
  /** The user's role when it was signed, where a change of role ends the token. */
  readonly role?: string | undefined;
  /** Scopes that this token carries, where it carries fewer than its grant. */
  readonly scope?: string | undefined;
  /** Who issued it, where the token says so. */
  readonly issuer?: string | undefined;
}

export interface TokenFormat {
  /** Stable word for introspection and audit, such as `sls_ticket`. */
  readonly type: string;
  readonly dialect: string;
  /** Type of the token for who uses it (RFC 6749, section 7.1). Default: `type`. */
  readonly tokenType?: 'Bearer';
  /** Whether clients may look into it: a JWT, or a text that only this server reads. Default: `jwt`. */
  readonly shape?: 'jwt' | 'opaque';
  /** Whether it renews a grant or is used at a resource. */
  readonly role: 'grant' | 'access';
  /**
   * Its grants are for regions (`Grant.audience`): whoever one acts for needs an account there that may be used, but for this
   * region, the platform's own.
   */
  readonly platformRegion?: string;
  /** A rotation leaves tokens of older generations good until their own end. Default: it ends them. */
  readonly outlivesRotation?: boolean;
  /** Name of the key ring's slot that signs it. */
  readonly keyUse: string;
  readonly algorithm: Algorithm;
  /**
   * @param user whom the grant acts for, where it is somebody of the directory.
   * @param account of the user in the region that the grant is for, where it is for one.
   */
  readonly encode: (grant: Grant, times: AccessTokenTimes, user?: User, account?: RegionAccount) => UnsignedToken;
  /** Reads a verified payload; `undefined` where it is of another format. */
  readonly read: (payload: Record<string, unknown>) => TokenFacts | undefined;
}

/** The introspection answer's view of a token (RFC 7662, section 2.2). */
export interface TokenView {
  readonly format: TokenFormat;
  readonly facts: TokenFacts;
  readonly grant: StoredGrant;
}
