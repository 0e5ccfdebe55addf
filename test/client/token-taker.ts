/**
 * A service that takes the emulator's tokens, and asks it what each is worth. It stands before the emulator: what is not its
 * own goes on to there, as it does behind a vendor's gateway.
 */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Emulator } from '../../packages/server/src/emulator/start.ts';
import { exchange } from '../harness/exchange.ts';

export interface TokenFacts {
  readonly active: boolean;
  readonly sub?: string;
  readonly client_id?: string;
}

/** What is answered, as JSON; `undefined` for 202 without a body. */
export type Taker = (request: { readonly body: string; readonly facts: TokenFacts; readonly url: URL }) => unknown;

export interface TokenTaker extends AsyncDisposable {
  readonly url: string;
  /** Requests with a token that holds. */
  readonly taken: string[];
}

export async function factsOf(emulator: Emulator, token: string): Promise<TokenFacts> {
  const { clientId, clientSecret } = emulator.description.oauth.resourceServer;
  const answer = await fetch(`${emulator.url}/oauth2/introspect`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
    body: new URLSearchParams({ token }),
  });
  return JSON.parse(await answer.text());
}

const tokenOf = ({ headers }: IncomingMessage): string =>
  typeof headers.token === 'string' ? headers.token : (headers.authorization?.replace(/^Bearer /, '') ?? '');

/** @param takers by method and path: `POST /mcp`. @param refusal what a token that does not hold gets. */
export async function takeTokens(
  emulator: Emulator,
  takers: Readonly<Record<string, Taker>>,
  refusal: { readonly status: number; readonly body: object } = { status: 401, body: { code: 'AccessTokenInvalid' } },
): Promise<TokenTaker> {
  const taken: string[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const url = new URL(request.url ?? '/', 'http://taker');
    const { method = 'GET', headers } = request;
    const taker = takers[`${method} ${url.pathname}`];
    if (!taker && Object.keys(takers).some((one) => one.endsWith(` ${url.pathname}`))) {
      response.writeHead(405).end();
      return;
    }
    if (!taker) {
      const { host: _, connection: __, ...passed } = headers;
      const answer = await exchange(emulator.url, {
        method,
        target: request.url ?? '/',
        headers: passed as Record<string, string>,
        body: body === '' ? undefined : body,
      });
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    }
    const facts = await factsOf(emulator, tokenOf(request));
    if (facts.active) taken.push(`${method} ${url.pathname}`);
    const said = facts.active ? taker({ body, facts, url }) : refusal.body;
    const status = facts.active ? (said === undefined ? 202 : 200) : refusal.status;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(said === undefined ? undefined : JSON.stringify(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    taken,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
