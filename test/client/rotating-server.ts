/**
 * A real token server over HTTP whose refresh tokens work once. A refresh token that comes a second time ends the whole family,
 * as OAuth 2.1 wants it, except within a replay window and with the idempotency key of the first time.
 */

import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';

export interface ServerOptions {
  readonly lifetimeSeconds?: number;
  /** A repetition with the same idempotency key gets the same successor. Default: never. */
  readonly isReplayable?: boolean;
}

export class RotatingServer {
  readonly lifetimeSeconds: number;
  readonly isReplayable: boolean;
  url = '';
  logins = 0;
  rotations = 0;
  replays = 0;
  /** Refusals for a refresh token. */
  refusals = 0;
  revocations = 0;
  /** What GET answers, at any path: a page for browsers. */
  page = '';
  /** Before an answer leaves, after the server has acted. */
  beforeAnswer: () => Promise<void> | void = () => {};
  #family = 0;
  #current = '';
  #last = { spent: '', idempotencyKey: '' };
  readonly #http: Server;

  private constructor({ lifetimeSeconds = 3_600, isReplayable = false }: ServerOptions) {
    this.lifetimeSeconds = lifetimeSeconds;
    this.isReplayable = isReplayable;
    this.#http = createServer(async (request, response) => {
      if (request.method === 'GET' || request.method === 'OPTIONS') {
        response.writeHead(200, { 'content-type': 'text/html', ...forPages }).end(this.page);
        return;
      }
      const answer = this.#answer(request.url ?? '', new URLSearchParams(await textOf(request)), request);
      await this.beforeAnswer();
      response
        .writeHead(answer.status, { 'content-type': 'application/json', ...forPages })
        .end(JSON.stringify(answer.body));
    });
  }

  static async start(options: ServerOptions = {}): Promise<RotatingServer> {
    const server = new RotatingServer(options);
    server.#http.listen(0, '127.0.0.1');
    await once(server.#http, 'listening');
    const address = server.#http.address();
    if (typeof address !== 'object' || !address) throw new Error('no port');
    server.url = `http://127.0.0.1:${address.port}`;
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#http.closeAllConnections();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #answer(path: string, form: URLSearchParams, request: IncomingMessage): { status: number; body: object } {
    if (path === '/revoke') {
      this.revocations += 1;
      this.#current = '';
      return { status: 200, body: {} };
    }
    if (form.get('grant_type') === 'password') {
      this.logins += 1;
      this.#family += 1;
      return this.#pair();
    }
    const presented = form.get('refresh_token') ?? '';
    const idempotencyKey = String(request.headers['idempotency-key'] ?? '');
    const isRepeated = presented === this.#last.spent && idempotencyKey === this.#last.idempotencyKey;
    if (this.isReplayable && isRepeated && this.#current !== '') {
      this.replays += 1;
      return this.#pair(this.#current);
    }
    if (presented !== this.#current || presented === '') {
      this.refusals += 1;
      this.#current = '';
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    this.rotations += 1;
    this.#last = { spent: presented, idempotencyKey };
    return this.#pair();
  }

  #pair(refreshToken = `refresh-token-${this.#family}-${this.logins + this.rotations}`): {
    status: number;
    body: object;
  } {
    this.#current = refreshToken;
    const accessToken = refreshToken.replace('refresh', 'access');
    return {
      status: 200,
      body: { access_token: accessToken, refresh_token: refreshToken, expires_in: this.lifetimeSeconds },
    };
  }
}

/** Pages of any origin may ask, as public clients do. */
const forPages = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'content-type, idempotency-key',
};

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}
