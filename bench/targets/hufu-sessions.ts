/** Hufu under the session measurements: its sessions are opened through its own API, as clients open them. */

import { paths } from '@hufu/wire/oauth';
import type { HttpRequest, Queue, Rotation, Traffic } from '../load/load.ts';
import { signAssertions } from '../requests/assertions.ts';
import { bearer, clientCredentials, introspect, type OAuthServer, refresh } from '../requests/oauth.ts';
import { getUserJwtToken, type PdsApp, pdsAssertions, refreshJwtToken } from '../requests/pds.ts';
import { accessKeyLogin, renew } from '../requests/scnet.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { userIdOf } from '../requests/users.ts';
import type { HufuOptions } from './hufu.ts';
import { readRefusals } from './refusals.ts';
import { openScnet } from './scnet-tokens.ts';
import type { Apps, SessionInstallation } from './session-installation.ts';
import {
  type SessionOperation,
  type SessionServer,
  sessionOperations,
  sessionsFor,
  type TrafficAsk,
} from './session-operations.ts';
import { hostOf } from './target.ts';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface HufuSessions extends SessionServer {
  /** OAuth sessions. @param resource what their tokens are for; the issuer where it is absent. */
  openOAuth(count: number, resource?: string): Promise<Tokens[]>;
  refreshRequest(refreshToken: string): HttpRequest;
}

export async function serveHufuSessions(
  installation: SessionInstallation,
  options?: Pick<HufuOptions, 'nodeFlags'>,
): Promise<HufuSessions> {
  const target = await installation.serve(options);
  const { apps } = installation;
  const server = { host: hostOf(target), tokenPath: paths.token, introspectionPath: paths.introspect };
  const app: PdsApp = { host: server.host, domainId: apps.tenant, ...apps.jwtApp };
  const openAll = (requests: readonly HttpRequest[]): Promise<Tokens[]> => open(target.url, requests);
  const refreshRequest = (token: string): HttpRequest => refresh(server, apps.service, token);

  async function openOAuth(count: number, resource?: string): Promise<Tokens[]> {
    const assertions = await serviceAssertions(apps, count);
    return openAll(assertions.map((assertion) => bearer(server, apps.service, assertion, resource)));
  }

  async function openPds(count: number): Promise<Tokens[]> {
    const assertions = await pdsAssertions(app, count);
    return openAll(assertions.map((assertion) => getUserJwtToken(app, assertion)));
  }

  async function traffic(operation: SessionOperation, ask: TrafficAsk): Promise<Traffic> {
    const sessions = sessionsFor(ask);
    switch (operation) {
      case 'refreshEs256':
        return rotating(await openOAuth(sessions), refreshRequest);
      case 'refreshRs256':
        return rotating(await openPds(sessions), (token) => refreshJwtToken(app, token));
      case 'bearerRs256': {
        const texts = await pdsAssertions(app, ask.mostRequests);
        return { kind: 'queue', texts, requestOf: (text) => getUserJwtToken(app, text), successor: undefined };
      }
      case 'introspectJwt':
        return introspecting(server, apps, await openOAuth(sessions));
      case 'introspectOpaque':
        return introspecting(server, apps, await openOAuth(sessions, apps.opaqueResource));
      case 'clientCredentials':
        return { kind: 'rotation', requests: [clientCredentials(server, apps.service)] };
      case 'renewScnet': {
        const tokens = await openScnet(target, apps.scnet, sessions);
        return { kind: 'rotation', requests: tokens.map((token) => renew(server.host, token)) };
      }
      case 'loginScnet':
        return { kind: 'rotation', requests: apps.scnet.callers.map((caller) => accessKeyLogin(server.host, caller)) };
    }
  }

  const refusals = (): Promise<number> => readRefusals(target);
  return { ...target, name: 'Hufu', operations: sessionOperations, traffic, refusals, openOAuth, refreshRequest };
}

const rotating = (sessions: readonly Tokens[], requestOf: Queue['requestOf']): Queue => ({
  kind: 'queue',
  texts: sessions.map(({ refreshToken }) => refreshToken),
  requestOf,
  successor: 'refresh_token',
});

const introspecting = (server: OAuthServer, { resourceServer }: Apps, sessions: readonly Tokens[]): Rotation => ({
  kind: 'rotation',
  requests: sessions.map(({ accessToken }) => introspect(server, resourceServer, accessToken)),
});

/** Good for five minutes. */
function serviceAssertions({ service, issuer }: Apps, count: number): Promise<string[]> {
  const iat = Math.floor(Date.now() / 1000);
  return signAssertions(service.key, count, (number) => {
    const [sub, jti] = [userIdOf(number), crypto.randomUUID()];
    return JSON.stringify({ iss: service.id, sub, aud: issuer, iat, exp: iat + 300, jti });
  });
}

const atOnce = 50;

async function open(url: string, requests: readonly HttpRequest[]): Promise<Tokens[]> {
  const opened: Tokens[] = [];
  for (let at = 0; at < requests.length; at += atOnce) {
    const slice = requests.slice(at, at + atOnce);
    opened.push(...(await Promise.all(slice.map((request) => sendSuccessfully(url, request).then(tokensOf)))));
  }
  return opened;
}

function tokensOf(answer: string): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken }: Record<string, unknown> = JSON.parse(answer);
  if (typeof accessToken === 'string' && typeof refreshToken === 'string') return { accessToken, refreshToken };
  throw new Error('an answer without both tokens');
}
