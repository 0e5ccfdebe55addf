/** OAuth 2.1 as a client speaks it, by hand: what the packages from npm hide, and what no honest client would send. */

import { createHash, randomBytes } from 'node:crypto';
import type { Departure } from './browser.ts';
import { type Answer, exchange } from './exchange.ts';

type Pairs = readonly (readonly [name: string, value: string])[];

/** Pairs where a name stands twice. */
export type Fields = Readonly<Record<string, string>> | Pairs;

const isPairs = (fields: Fields): fields is Pairs => Array.isArray(fields);

const encoded = (fields: Fields): string =>
  new URLSearchParams(
    isPairs(fields) ? fields.map(([name, value]): [string, string] => [name, value]) : fields,
  ).toString();

export interface Endpoints {
  readonly issuer: string;
  readonly authorization: string;
  readonly token: string;
  readonly introspection: string;
  readonly revocation: string;
}

/** Where everything is, by the server's own metadata (RFC 8414). */
export async function discover(issuer: string): Promise<Endpoints> {
  const metadata = jsonOf(await get(`${issuer}/.well-known/oauth-authorization-server`));
  const named = (name: string): string => {
    const value = metadata[name];
    if (typeof value !== 'string') throw new Error(`the metadata names no ${name}`);
    return value;
  };
  return {
    issuer: named('issuer'),
    authorization: named('authorization_endpoint'),
    token: named('token_endpoint'),
    introspection: named('introspection_endpoint'),
    revocation: named('revocation_endpoint'),
  };
}

export interface Pkce {
  readonly verifier: string;
  /** S256 of the verifier (RFC 7636, section 4.2). */
  readonly challenge: string;
}

export function pkce(verifier: string = randomBytes(32).toString('base64url')): Pkce {
  return { verifier, challenge: createHash('sha256').update(verifier, 'ascii').digest('base64url') };
}

export const addressOf = (endpoint: string, fields: Fields): string => `${endpoint}?${encoded(fields)}`;

/** `Authorization` of a client with a secret: both parts form-encoded first (RFC 6749, section 2.3.1). */
export function basic(clientId: string, clientSecret: string): { readonly authorization: string } {
  const part = (text: string): string => encoded({ _: text }).slice(2);
  return { authorization: `Basic ${Buffer.from(`${part(clientId)}:${part(clientSecret)}`).toString('base64')}` };
}

export const get = (address: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  send('GET', address, headers);

export function postForm(
  address: string,
  fields: Fields,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return send('POST', address, { 'content-type': 'application/x-www-form-urlencoded', ...headers }, encoded(fields));
}

function send(
  method: string,
  address: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Answer> {
  const { origin, host, pathname, search } = new URL(address);
  return exchange(origin, { method, target: pathname + search, headers: { host, ...headers }, body });
}

/** The JSON object of an answer. */
export function jsonOf(answer: Answer): Record<string, unknown> {
  const value: unknown = JSON.parse(answer.body);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('the answer is no JSON object');
  return value as Record<string, unknown>;
}

export interface AuthorizationResponse {
  readonly status: number;
  /** The redirect URI without its query. */
  readonly redirectUri: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Reads what a redirect brings to a client. A parameter that stands twice, or in a fragment, is a fault of the server. */
export function responseOf({ location, answer }: Departure): AuthorizationResponse {
  if (location.includes('#')) throw new Error('the redirect has a fragment');
  const [redirectUri = ''] = location.split('?', 1);
  const pairs = [...new URLSearchParams(location.slice(redirectUri.length))];
  const parameters = Object.fromEntries(pairs);
  if (Object.keys(parameters).length !== pairs.length) throw new Error('the redirect has a parameter twice');
  return { status: answer.status, redirectUri, parameters };
}
