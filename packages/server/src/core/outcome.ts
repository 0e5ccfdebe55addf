/** What came of a command, for the dialect to put into its own words. */

import type { Client } from './client.ts';
import type { User } from './directory.ts';
import type { StoredGrant } from './grant.ts';
import type { Membership } from './region.ts';

/** One token: a ticket, or an access token that a ticket gave. */
export interface TokenOutcome {
  readonly did: 'token';
  readonly token: string;
}

/** An access token and, where the client may refresh, its refresh token. */
export interface SessionOutcome {
  readonly did: 'session';
  readonly accessToken: string;
  readonly accessTokenExpiresAtMs: number;
  /** Seconds that the access token lives from now. */
  readonly expiresInSeconds: number;
  readonly refreshToken: string | undefined;
  /** Scopes of this access token; the grant may have more. */
  readonly scope: string | undefined;
  readonly grant: StoredGrant;
  readonly client: Client;
  /** `undefined` where the client acts for itself. */
  readonly user: User | undefined;
  /** This session is the user's first. */
  readonly isFirstLogin: boolean;
}

export interface EndedOutcome {
  readonly did: 'ended';
}

export interface ClientKeyOutcome {
  readonly did: 'client_key';
  readonly client: Client;
  /** SubjectPublicKeyInfo in PEM. */
  readonly publicKeyPem: string;
  readonly keyId: string;
}

/** What a token is (RFC 7662, section 2.2). Why one is inactive is nobody's business outside. */
export interface IntrospectionOutcome {
  readonly did: 'introspection';
  readonly introspection: Introspection;
}

export type Introspection =
  | { readonly active: false }
  | {
      readonly active: true;
      /** Kind of token: `Bearer`, or a dialect's own word such as `sls_ticket`. */
      readonly token_type: string;
      readonly sub: string;
      /** Unix seconds; absent where the token does not say. */
      readonly iat?: number;
      readonly exp: number;
      /** The grant. */
      readonly sid: string;
      readonly tenant: string;
      readonly iss?: string;
      readonly aud?: string;
      readonly scope?: string;
      readonly client_id?: string;
      readonly access_key_id?: string;
      /** Of tokens that say it themselves. */
      readonly role?: string;
    };

/** A token for each region that the user may use, the platform's own last. */
export interface RegionsOutcome {
  readonly did: 'regions';
  readonly rows: readonly {
    readonly id: string;
    readonly name: string;
    /** `undefined` where the user's account is disabled. */
    readonly token: string | undefined;
  }[];
}

/** A region's token was looked at. */
export interface InspectedOutcome {
  readonly did: 'inspected';
  readonly grant: StoredGrant;
  readonly user: User;
  /** `undefined` for the platform's token. */
  readonly membership: Membership | undefined;
}

export type Outcome =
  | TokenOutcome
  | SessionOutcome
  | EndedOutcome
  | ClientKeyOutcome
  | IntrospectionOutcome
  | RegionsOutcome
  | InspectedOutcome;
