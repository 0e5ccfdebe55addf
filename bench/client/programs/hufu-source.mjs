// A token source over a server of temporary credentials.
import { fromFunction } from '@hufu/client';

export const sourceOf = (url) =>
  fromFunction(async ({ fetch, signal }) => {
    const answer = await fetch(url, { signal });
    const { SecurityToken, Expiration } = JSON.parse(await answer.text());
    return { token: SecurityToken, expiresAt: new Date(Expiration) };
  });
