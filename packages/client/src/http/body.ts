/** Bodies that can be sent again, and those that are gone once they were read. */

/** Makes the body anew for each attempt. Not part of `fetch`: an offer of `createFetch` for streams. */
export type BodyFactory = () => unknown;

const isFactory = (body: unknown): body is BodyFactory => typeof body === 'function';

/** What every platform can send twice, by the names of its classes: the same on each, also across realms. */
const replayable = new Set(['Blob', 'File', 'FormData', 'URLSearchParams', 'ArrayBuffer']);

export function isReplayable(body: unknown): boolean {
  if (body === undefined || body === null || typeof body === 'string' || isFactory(body)) return true;
  if (ArrayBuffer.isView(body)) return true;
  return replayable.has(Object.prototype.toString.call(body).slice(8, -1));
}

export const bodyFor = (body: unknown): unknown => (isFactory(body) ? body() : body);
