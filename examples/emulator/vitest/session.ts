/** The code under test: a session of Alibaba Cloud PDS, opened with an application's key and kept fresh. */

import { type KeyObject, randomUUID, sign } from 'node:crypto';

export interface Application {
  readonly apiEndpoint: string;
  readonly domainId: string;
  readonly clientId: string;
  readonly key: KeyObject;
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** A session of `userId`, who is made where there is none. */
export function open(app: Application, userId: string, nowSeconds: number): Promise<Tokens> {
  const claims = {
    iss: app.clientId,
    sub: userId,
    sub_type: 'user',
    aud: app.domainId,
    jti: randomUUID(),
    iat: nowSeconds,
    exp: nowSeconds + 300,
    auto_create: true,
  };
  return post(
    `${app.apiEndpoint}/v2/oauth/token`,
    new URLSearchParams({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      client_id: app.clientId,
      assertion: signed(claims, app.key),
    }),
  );
}

/** The next pair. An answer that was lost is asked for once more: the server gives the same successor again. */
export async function refresh(app: Application, { refresh_token }: Tokens): Promise<Tokens> {
  const ask = () =>
    post(
      `${app.apiEndpoint}/v2/account/token`,
      JSON.stringify({ app_id: app.clientId, refresh_token, grant_type: 'refresh_token' }),
    );
  return ask().catch((error: unknown) => {
    if (error instanceof Refused) throw error;
    return ask();
  });
}

/** The server has answered, and said no. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

async function post(url: string, body: URLSearchParams | string): Promise<Tokens> {
  const headers = typeof body === 'string' ? { 'content-type': 'application/json' } : {};
  const answer = await fetch(url, { method: 'POST', headers, body });
  const members = (await answer.json()) as Tokens & { readonly code?: string };
  if (!answer.ok) throw new Refused(members.code);
  return members;
}

function signed(claims: object, key: KeyObject): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}
