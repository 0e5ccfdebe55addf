/** The same where the platform's own types are known, the DOM's or Node's: they fit as they are. */

import { createTokenSource, type TokenSource } from '@hufu/client';
import { createFetch } from '@hufu/client/fetch';
import { oauth2ClientCredentials } from '@hufu/client/providers/oauth2';

const { signal } = new AbortController();
const provider = oauth2ClientCredentials({ issuer: 'https://own.example', clientId: 'c', clientSecret: 's' });
export const source: TokenSource = createTokenSource({ provider, fetch });

export async function items(): Promise<number> {
  await source.getToken({ signal });
  const carried: typeof fetch = createFetch(source, { origins: ['https://own.example'] });
  const request = new Request('https://own.example/items', { method: 'POST', body: new URLSearchParams({ a: 'b' }) });
  const answer: Response = await carried(request, { signal });
  return answer.status;
}
