/** The peer under the session measurements, asked for the same as Hufu. */

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { grantTypes } from '@hufu/wire/oauth';
import type { Queue, Traffic } from '../load/load.ts';
import { newAssertionKey, signAssertions } from '../requests/assertions.ts';
import { bearer, clientCredentials, introspect, type OAuthClient, refresh } from '../requests/oauth.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { userIdOf } from '../requests/users.ts';
import { startAnnounced } from './announced.ts';
import {
  type SessionOperation,
  type SessionServer,
  sessionOperations,
  sessionsFor,
  type TrafficAsk,
} from './session-operations.ts';
import { hostOf } from './target.ts';

const resources = {
  es256: 'https://es256.example.com',
  rs256: 'https://rs256.example.com',
  opaque: 'https://opaque.example.com',
} as const;

/** It refuses JWTs at its introspection endpoint: checking them is left to whoever gets them. SCNet has no peer. */
const absent: readonly SessionOperation[] = ['introspectJwt', 'renewScnet', 'loginScnet'];
const operations = sessionOperations.filter((operation) => !absent.includes(operation));

/** Opens sessions: not a path of the peer's own. */
const sessionsPath = '/bench/sessions';

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export async function startOidcSessions(): Promise<SessionServer> {
  const secret = (): string => randomBytes(32).toString('hex');
  const service: OAuthClient = { id: 'service', secret: secret() };
  const resourceServer: OAuthClient = { id: 'resource-server', secret: secret() };
  // As the JWT applications of PDS: their assertions are their only proof.
  const jwtApp: OAuthClient = { id: 'jwt-app' };
  const key = newAssertionKey('RS256');
  const setup = {
    service,
    resourceServer,
    publicClient: jwtApp.id,
    resources,
    issuerKeyPem: key.publicPem,
    jwtBearer: grantTypes.jwtBearer,
    sessionsPath,
  };
  const target = await startAnnounced(join(import.meta.dirname, 'oidc-sessions-server.mjs'), [JSON.stringify(setup)]);
  const server = { host: hostOf(target), tokenPath: '/token', introspectionPath: '/token/introspection' };

  async function open({ id }: OAuthClient, resource: string, count: number): Promise<readonly Tokens[]> {
    const query = new URLSearchParams({ clientId: id, resource, count: String(count) });
    const headers = [['host', server.host]] as const;
    return JSON.parse(
      await sendSuccessfully(target.url, { method: 'GET', path: `${sessionsPath}?${query}`, headers, body: '' }),
    );
  }

  async function rotating(client: OAuthClient, resource: string, count: number): Promise<Queue> {
    const sessions = await open(client, resource, count);
    return {
      kind: 'queue',
      texts: sessions.map(({ refreshToken }) => refreshToken),
      requestOf: (token) => refresh(server, client, token),
      successor: 'refresh_token',
    };
  }

  async function assertions(count: number): Promise<string[]> {
    const iat = Math.floor(Date.now() / 1000);
    return signAssertions(key, count, (number) => {
      const [sub, jti] = [userIdOf(number), crypto.randomUUID()];
      return JSON.stringify({ iss: jwtApp.id, sub, aud: target.url, iat, exp: iat + 300, jti });
    });
  }

  async function traffic(operation: SessionOperation, ask: TrafficAsk): Promise<Traffic> {
    const sessions = sessionsFor(ask);
    switch (operation) {
      case 'refreshEs256':
        return rotating(service, resources.es256, sessions);
      case 'refreshRs256':
        return rotating(jwtApp, resources.rs256, sessions);
      case 'bearerRs256': {
        const texts = await assertions(ask.mostRequests);
        return { kind: 'queue', texts, requestOf: (text) => bearer(server, jwtApp, text), successor: undefined };
      }
      case 'introspectOpaque': {
        const opened = await open(service, resources.opaque, sessions);
        const requests = opened.map(({ accessToken }) => introspect(server, resourceServer, accessToken));
        return { kind: 'rotation', requests };
      }
      case 'introspectJwt':
      case 'renewScnet':
      case 'loginScnet':
        throw new Error(`the peer has no ${operation}`);
      case 'clientCredentials':
        return { kind: 'rotation', requests: [clientCredentials(server, service, resources.es256)] };
    }
  }

  return { ...target, name: 'oidc-provider', operations, traffic, refusals: async () => 0 };
}
