/**
 * Who may ask the agent. A socket is guarded by the rights of its file. A port on loopback is open to every user of the machine
 * and to every page in a browser, which DNS rebinding brings as far as the port: so it takes a secret, and no other name.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import type { AgentAnswer, AgentRequest } from './request.ts';

export type Door =
  | { readonly kind: 'socket' }
  /** @param secret of 32 random bytes, as text. */
  | { readonly kind: 'tcp'; readonly port: number; readonly secret: string };

/** What browsers say, and programs do not: of the `sec-fetch-…`, Node's fetch has the mode. */
const ofBrowsers = ['origin', 'sec-fetch-site'];

/** The answer to whoever may not ask; `undefined` where they may. */
export function turnedAway(request: AgentRequest, door: Door): AgentAnswer | undefined {
  if (ofBrowsers.some((name) => request.headers[name] !== undefined)) {
    return refused(403, 'forbidden', 'the agent answers no pages of a browser');
  }
  if (door.kind === 'socket') return undefined;
  const names = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${door.port}`);
  if (!names.includes(request.headers.host?.toLowerCase() ?? '')) {
    return refused(403, 'forbidden', 'the agent is on this machine: its Host is 127.0.0.1 and the port');
  }
  const given = bearerOf(request.headers.authorization) ?? request.url.searchParams.get('secret');
  if (given !== null && given !== undefined && isEqual(given, door.secret)) return undefined;
  const answer = refused(401, 'unauthorized', "the agent's secret is missing or wrong: Authorization: Bearer");
  return { ...answer, headers: { 'www-authenticate': 'Bearer' } };
}

const refused = (status: number, error: string, message: string): AgentAnswer => ({ status, body: { error, message } });

const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];

/** By their hashes, so that neither length nor content shows in the time that it takes. */
const isEqual = (one: string, other: string): boolean => timingSafeEqual(hash(one), hash(other));
const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
