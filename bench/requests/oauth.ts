/** Requests of OAuth 2.1 as a client with a secret sends them: the same to Hufu and to the peer, but for the paths. */

import { formMediaType, grantTypes } from '@hufu/wire/oauth';
import type { HttpRequest } from '../load/load.ts';
import { post } from './post.ts';

export interface OAuthServer {
  readonly host: string;
  readonly tokenPath: string;
  readonly introspectionPath: string;
}

export interface OAuthClient {
  readonly id: string;
  /** Absent where it is a public client. */
  readonly secret?: string | undefined;
}

export const refresh = (server: OAuthServer, client: OAuthClient, refreshToken: string): HttpRequest =>
  form(server, server.tokenPath, client, { grant_type: grantTypes.refreshToken, refresh_token: refreshToken });

/** @param resource what the token is for; the server's default where it is absent. */
export const clientCredentials = (server: OAuthServer, client: OAuthClient, resource?: string): HttpRequest =>
  form(server, server.tokenPath, client, { grant_type: grantTypes.clientCredentials, ...resourceOf(resource) });

export const bearer = (server: OAuthServer, client: OAuthClient, assertion: string, resource?: string): HttpRequest =>
  form(server, server.tokenPath, client, { grant_type: grantTypes.jwtBearer, assertion, ...resourceOf(resource) });

export const introspect = (server: OAuthServer, client: OAuthClient, token: string): HttpRequest =>
  form(server, server.introspectionPath, client, { token });

const resourceOf = (resource: string | undefined): Record<string, string> =>
  resource === undefined ? {} : { resource };

function form(
  { host }: OAuthServer,
  path: string,
  { id, secret }: OAuthClient,
  fields: Readonly<Record<string, string>>,
): HttpRequest {
  const body = new URLSearchParams(secret === undefined ? { ...fields, client_id: id } : fields).toString();
  const accept = ['accept', 'application/json'] as const;
  const headers = secret === undefined ? [accept] : [accept, ['authorization', basic(id, secret)] as const];
  return post({ host, path, contentType: formMediaType, body, headers });
}

/** Ids and secrets here have no character that a form would encode. */
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
