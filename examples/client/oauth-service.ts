/**
 * A service that calls an API in its own name: OAuth 2.1 client credentials.
 *
 *     OAUTH_ISSUER=https://id.example.com OAUTH_CLIENT_ID=… OAUTH_CLIENT_SECRET=… API_URL=https://api.example.com/reports \
 *     node oauth-service.ts
 */

import { createTokenSource } from '@hufu/client';
import { createFetch } from '@hufu/client/fetch';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';

const {
  OAUTH_ISSUER: issuer = '',
  OAUTH_CLIENT_ID: clientId = '',
  OAUTH_CLIENT_SECRET: clientSecret = '',
} = process.env;
const { API_URL: url = 'https://api.example.com/reports' } = process.env;

await using source = createTokenSource({ provider: oauth2ClientCredentials({ issuer, clientId, clientSecret }) });
const send = createFetch(source, { origins: [new URL(url).origin] });

// As many as you like, at once and for days: one token for all, refreshed ahead of its end.
const answers = await Promise.all([1, 2, 3].map((page) => send(`${url}?page=${page}`)));
for (const answer of answers) console.log(answer.status, await answer.text());
