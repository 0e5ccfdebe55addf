/**
 * `@hufu/client/fetch`: a `fetch` that carries the token of a token source, to listed origins alone, and sends a request again
 * once where the token was refused.
 *
 * @example
 * const fetch = createFetch(source, { origins: ['https://api.example.com'] });
 * const answer = await fetch('https://api.example.com/items');
 */

export { AuthReplayError } from './auth-replay-error.ts';
export type { BodyFactory } from './body.ts';
export { createFetch, type FetchOptions } from './create-fetch.ts';
