/**
 * The agent's answers: tokens of profiles, by name, each from one token source however many processes ask.
 *
 *   GET  /v1/profiles                            the names
 *   GET  /v1/token/{profile}?minValidityMs=…     a token that lives for so long
 *   POST /v1/token/{profile}/reject {"token"}    a server refused this one: the next is another
 *   GET  /v1/credentials/{profile}               temporary keys, as ALIBABA_CLOUD_CREDENTIALS_URI wants them
 */

import type { GetTokenOptions, TokenSource } from '../../core/types.ts';
import { tokenJson } from '../formats/token-json.ts';
import { credentialsOf } from './credentials.ts';
import { answerOfFailure, BadRequest } from './failure.ts';
import type { AgentAnswer, AgentRequest } from './request.ts';

export interface Served {
  /** `Provider.id`. */
  readonly provider: string;
  /** Stays open. */
  readonly source: TokenSource;
}

/** The profiles that are served. */
export interface ServedProfiles {
  names(): Promise<readonly string[]>;
  /** `undefined`: there is none of the name, or it is not served. */
  find(name: string): Promise<Served | undefined>;
}

interface Asked extends Served {
  readonly profile: string;
  readonly request: AgentRequest;
}

type Route = (asked: Asked) => Promise<AgentAnswer>;

/** By method, and path with `*` for the profile. */
const routes: Readonly<Record<string, Route>> = {
  'GET /v1/token/*': async ({ profile, provider, source, request }) => {
    const token = await source.getToken(optionsOf(request));
    return { status: 200, body: tokenJson({ profile, provider, token }) };
  },
  'POST /v1/token/*/reject': async ({ source, request }) => {
    await source.ready();
    const held = source.peek();
    const isHeld = held?.token === rejectedIn(request.body);
    if (held && isHeld) source.invalidate(held, 'rejected by a caller of the agent');
    return { status: 200, body: { rejected: isHeld } };
  },
  'GET /v1/credentials/*': async ({ profile, provider, source, request }) => {
    const token = await source.getToken(optionsOf(request));
    return { status: 200, body: credentialsOf({ profile, provider, token }) };
  },
};

export async function answerAgent(request: AgentRequest, profiles: ServedProfiles): Promise<AgentAnswer> {
  try {
    return await answer(request, profiles);
  } catch (error) {
    return answerOfFailure(error);
  }
}

async function answer(request: AgentRequest, profiles: ServedProfiles): Promise<AgentAnswer> {
  const { pathname } = request.url;
  if (pathname === '/v1/profiles') {
    if (request.method !== 'GET') return wrongMethod(['GET']);
    return { status: 200, body: { profiles: await profiles.names() } };
  }
  const [, before, encoded, after = ''] = /^(\/v1\/\w+\/)([^/]+)(\/\w+)?$/.exec(pathname) ?? [];
  const path = `${before}*${after}`;
  const methods = ['GET', 'POST'].filter((method) => Object.hasOwn(routes, `${method} ${path}`));
  if (encoded === undefined || methods.length === 0) return refused(404, 'not_found', 'the agent has no such path');
  const route = routes[`${request.method} ${path}`];
  if (!route) return wrongMethod(methods);
  const profile = decoded(encoded);
  const served = profile === undefined ? undefined : await profiles.find(profile);
  if (profile === undefined || !served) return refused(404, 'no_profile', 'the agent serves no profile of this name');
  return route({ ...served, profile, request });
}

const refused = (status: number, error: string, message: string): AgentAnswer => ({ status, body: { error, message } });

const wrongMethod = (allowed: readonly string[]): AgentAnswer => ({
  ...refused(405, 'method_not_allowed', `this path takes ${allowed.join(', ')}`),
  headers: { allow: allowed.join(', ') },
});

/** A hundred years: what is longer is a mistake. */
const mostValidityMs = 100 * 366 * 24 * 60 * 60 * 1000;

function optionsOf({ url, signal }: AgentRequest): GetTokenOptions {
  const given = url.searchParams.get('minValidityMs');
  if (given === null) return { signal };
  const minValidityMs = /^\d{1,13}$/.test(given) ? Number(given) : Number.NaN;
  if (!(minValidityMs <= mostValidityMs)) throw new BadRequest('minValidityMs is a whole number of milliseconds');
  return { signal, minValidityMs };
}

function rejectedIn(body: string): string {
  try {
    const { token }: { readonly token?: unknown } = JSON.parse(body);
    if (typeof token === 'string' && token !== '') return token;
  } catch {
    // Said below.
  }
  throw new BadRequest('the body is {"token": "…"}, the one that was refused');
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
