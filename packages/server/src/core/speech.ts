/** What a dialect says about its grants: formats and policies. A command carries the speech by which it is judged. */

import type { AssertionClaims, AssertionPolicy } from './assertion.ts';
import type { Client } from './client.ts';
import type { UserProfile } from './directory.ts';
import type { LifetimePolicy, RotationPolicy } from './policy.ts';
import type { AssertionProblem } from './reasons.ts';
import type { Algorithm, TokenFormat } from './token.ts';

/** Renewal without rotation: a ticket gives access tokens until it ends. */
export interface TicketSpeech {
  readonly name: string;
  readonly lifetimes: LifetimePolicy;
  readonly grantFormat: TokenFormat;
  readonly accessFormat: TokenFormat;
}

/** Renewal with rotation: a session gives an access token and a refresh token at each generation. */
export interface SessionSpeech {
  readonly name: string;
  /** Absolute end of a session, however often it is refreshed. */
  readonly sessionLifetimeSeconds: number;
  readonly accessTokenLifetimeSeconds: number;
  readonly rotation: RotationPolicy;
  /** By the resource's choice; both the same where there is none. */
  readonly accessFormats: { readonly jwt: TokenFormat; readonly opaque: TokenFormat };
  readonly assertions: AssertionSpeech;
  /** The resource of tokens for which none was asked. */
  readonly defaultAudience: () => string | undefined;
  /** Role of a user whom an assertion creates, and of the tenant's own account. */
  readonly roles: { readonly user: string; readonly service: string };
  /** What such a user begins with. */
  readonly newProfile: (kind: 'user' | 'service') => Partial<UserProfile>;
}

/** Renewal by the token itself: a login gives a token for each region, and each is exchanged for its successor. */
export interface RegionSpeech {
  readonly name: string;
  readonly tokenFormat: TokenFormat;
  readonly tokenLifetimeSeconds: number;
  /** Absolute end of a login, however often its tokens are exchanged. */
  readonly loginLifetimeSeconds: number;
  /** How long after its end a token can still be exchanged: less than this. */
  readonly renewalWindowSeconds: number;
  /** Whether an exchange ends the old token: then it rotates, with the retries and replays of every rotation. */
  readonly oldToken: 'keep' | 'end';
  /** How long the direct predecessor still gets the same successor, where it rotates. */
  readonly retryWindowSeconds: number;
  /** The platform's own region, `platformRegion` of the format, and everybody's account in it. */
  readonly platform: { readonly id: string; readonly name: string; readonly account: string };
  /** A signed login that comes twice is refused. */
  readonly singleUse: boolean;
}

export interface AssertionSpeech {
  readonly policy: AssertionPolicy;
  readonly algorithms: readonly Exclude<Algorithm, 'HS256'>[];
  /** Reads the claims of an assertion that asks for a session, or names the one that is wrong. */
  readonly read: (payload: Record<string, unknown>) => AssertionClaims | AssertionProblem;
  /** Whom an assertion of this client must be meant for. */
  readonly audiences: (client: Client) => readonly string[];
}
