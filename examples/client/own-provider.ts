/**
 * A provider of one's own, for a token service that nobody else has: what it says over the wire, and nothing about caching,
 * retries, locks and crashes, which come with the token source.
 *
 *     COMPANY_TOKEN_URL=https://id.example.com/oauth2/token COMPANY_KEY=… COMPANY_SECRET=… node own-provider.ts
 */

import { createTokenSource, exchange, identityKey, type Provider, refusal, TokenError } from '@hufu/client';

const { COMPANY_TOKEN_URL: url = '', COMPANY_KEY: key = '', COMPANY_SECRET: secret = '' } = process.env;

const company: Provider = {
  id: 'company',
  kind: 'key',
  traits: { rotates: 'no' },
  // What tells this token from others in a store. Never the secret.
  key: () => identityKey('company', { url, key }),
  async acquire(context) {
    const answer = await exchange(context, {
      url,
      method: 'POST',
      headers: {
        authorization: `Basic ${btoa(`${key}:${secret}`)}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: 'grant_type=client_credentials',
    });
    // A wrong key cannot be helped by trying again; for everything else the status decides.
    if (answer.status === 401) throw refusal(answer, context, { call: 'token', code: 'invalid_client' });
    if (answer.status !== 200) throw refusal(answer, context, { call: 'token' });
    const { access_token: token, expires_in: seconds } = Object(answer.json);
    if (typeof token !== 'string' || typeof seconds !== 'number') {
      throw new TokenError({ code: 'malformed_response', message: 'token: the answer has no token' });
    }
    return { token: { token, lifetimeMs: seconds * 1000 } };
  },
};

await using source = createTokenSource({ provider: company });
const token = await source.getToken();
// Printing a token does not print the secret in it.
console.log(token);
