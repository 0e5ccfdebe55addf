/** A request for a one-time code in a browser (RFC 6749, section 4.1.1), as a dialect has read it. */

import type { Reason } from './reasons.ts';
import type { SessionSpeech } from './speech.ts';

export type Prompt = 'none' | 'login' | 'consent';

export interface AuthorizationRequest {
  readonly operation: string;
  readonly clientId: string;
  /** The tenant that the request names beside its client, where it does. */
  readonly tenant: string | undefined;
  /** `undefined` where the request left it to the one that is registered. */
  readonly redirectUri: string | undefined;
  readonly scope: string | undefined;
  readonly resource: string | undefined;
  /** Goes back unchanged. */
  readonly state: string | undefined;
  /** S256 (RFC 7636, section 4.2): no other method is taken. */
  readonly codeChallenge: string | undefined;
  readonly prompts: readonly Prompt[];
  /** Fills in the login page. */
  readonly loginHint: string | undefined;
  /** What the dialect found wrong in it, to be told at the redirect URI once that is known to be the client's. */
  readonly problem: Reason | undefined;
}

/** What a dialect says about codes, beside what it says about the sessions that come from them. */
export interface AuthorizationSpeech {
  readonly session: SessionSpeech;
  readonly codeLifetimeSeconds: number;
  /** Types of client that may ask in a browser; `undefined` for every type. */
  readonly clientTypes: readonly string[] | undefined;
}

/** What goes to the redirect URI. */
export type AuthorizationAnswer =
  | { readonly did: 'code'; readonly code: string; readonly state: string | undefined }
  | { readonly did: 'refused'; readonly reason: Reason; readonly state: string | undefined };
