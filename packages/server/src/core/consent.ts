/** What a user is asked before a third-party application gets their tokens, and what of it they allowed before. */

import type { Client } from './client.ts';
import type { Consent } from './directory.ts';
import { isWithin, scopesOf } from './scope.ts';

/** What a client asks to be allowed. */
export interface ConsentAsk {
  readonly scope: string | undefined;
  /** `undefined` for the default resource of the dialect. */
  readonly resource: string | undefined;
}

/** What the user said. `allowed`: `consentWords` of what was shown. */
export type ConsentAnswer = { readonly allowed: string } | 'denied';

/** Stands in no scope (RFC 6749, section 3.3) and in no URI, so that no scope can be named to pass for one of a resource. */
const mark = '"';

/**
 * The ask as words of `Consent.scope`: a scope by itself, or `scope"resource`, since who allows an application to read one
 * place has not allowed it to read every other. Where no scope is asked, the resource alone.
 */
export function consentWords({ scope, resource }: ConsentAsk): string {
  if (resource === undefined) return scope ?? '';
  const scopes = scopesOf(scope);
  return (scopes.length === 0 ? [''] : scopes).map((one) => `${one}${mark}${resource}`).join(' ');
}

/**
 * Whether another program could stand in for the client: it proves nothing, and any program can listen on loopback or take a
 * scheme. Its users are asked each time, unless they have just logged in for it (RFC 6749, section 10.2; RFC 8252, section 8.6).
 */
export const isUnproven = ({ authentication }: Pick<Client, 'authentication'>, redirectUri: string): boolean =>
  authentication === 'none' && !redirectUri.startsWith('https:');

/** Whether everything that is asked was allowed. Who was never asked has allowed nothing, not even a bare sign-in. */
export const isAllowed = (consent: Pick<Consent, 'scope'> | undefined, ask: ConsentAsk): boolean =>
  consent !== undefined && isWithin(consent.scope, consentWords(ask));

/** What was allowed before, and now this as well. */
export const allowed = (before: Pick<Consent, 'scope'> | undefined, ask: ConsentAsk): string =>
  [...new Set([...scopesOf(before?.scope), ...scopesOf(consentWords(ask))])].join(' ');
