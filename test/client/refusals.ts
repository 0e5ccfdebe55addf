/** What the client makes of a refusal of each vendor: the refusal comes over a `fetch`, the rest is the client itself. */

import { createTokenSource, isTokenError, type TokenError } from '../../packages/client/src/index.ts';
import { oauth2ClientCredentials, oauth2Login } from '../../packages/client/src/providers/oauth2/index.ts';
import { pdsClient } from '../../packages/client/src/providers/pds/index.ts';
import { scnetClient } from '../../packages/client/src/providers/scnet/index.ts';
import { slsClient } from '../../packages/client/src/providers/sls/index.ts';

const answering =
  (status: number, body: object): typeof fetch =>
  async () =>
    Response.json(body, { status });

async function errorOf(call: Promise<unknown>): Promise<TokenError> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isTokenError(error)) return error;
  throw new Error('nothing was refused', { cause: error });
}

const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };

export const atSls = (operation: 'CreateTicket' | 'RefreshToken', errorCode: string, status: number) => {
  const client = slsClient({ ...keys, fetch: answering(status, { errorCode, errorMessage: 'no' }) });
  return errorOf(operation === 'CreateTicket' ? client.createTicket() : client.refreshToken({ ticket: 'a.b.c' }));
};

export const atPds = (code: string, status: number) => {
  const client = pdsClient({ domainId: 'd', fetch: answering(status, { code, message: 'no', requestId: 'r' }) });
  return errorOf(client.refreshJwtToken({ client_id: 'c', refresh_token: 't' }));
};

export const atScnet = (credential: 'login' | 'token', code: string) => {
  const refusal = answering(200, { msg: 'no', code, data: null });
  const client = scnetClient({ user: 'u', password: 'p', orgId: 'o', fetch: refusal });
  return errorOf(credential === 'login' ? client.login() : client.user('token'));
};

const issuer = 'https://id.example.com';
const metadata = { token_endpoint: `${issuer}/token`, authorization_endpoint: `${issuer}/authorize` };

export const atTokenEndpoint = (error: string, status: number) => {
  const provider = oauth2ClientCredentials({ issuer, metadata, clientId: 'c', clientSecret: 's' });
  const source = createTokenSource({ provider, fetch: answering(status, { error }), policy: { retries: 0 } });
  return errorOf(source.getToken());
};

export async function atRedirect(error: string): Promise<TokenError> {
  const login = oauth2Login({ issuer, metadata, clientId: 'c', redirectUri: 'http://127.0.0.1/back' });
  const { url: _, ...pending } = await login.begin();
  return errorOf(login.complete(`?state=${pending.state}&error=${error}&iss=${encodeURIComponent(issuer)}`, pending));
}
