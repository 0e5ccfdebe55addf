/** What arrived, as the dialects read it. */

import type { IncomingMessage } from 'node:http';
import type { WireRequest } from '../dialects/dialect.ts';

const nothing = new Uint8Array(0);

export function wireRequest(raw: IncomingMessage, body: unknown): WireRequest {
  const url = raw.url ?? '/';
  const at = url.indexOf('?');
  const headers = raw.headers as Record<string, string | undefined>;
  return {
    method: raw.method ?? 'GET',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers,
    duplicateHeader: duplicateHeader(raw),
    body: body instanceof Uint8Array ? body : nothing,
    bodyLengthKnown: headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined,
  };
}

/** Headers that proxies add once each, or whose values are lists by definition (RFC 9110, section 5.3). */
const mayRepeat =
  /^(?:accept(?:-.*)?|cache-control|connection|cookie|forwarded|te|trailer|upgrade|vary|via|warning|x-forwarded-.*)$/;

/** Node joins or drops repeated headers; a signature over one of two values must not pass for both. */
function duplicateHeader(raw: IncomingMessage): string | undefined {
  let names = 0;
  for (const _name in raw.headers) names++;
  if (names * 2 === raw.rawHeaders.length) return undefined;
  const seen = new Set<string>();
  for (let at = 0; at < raw.rawHeaders.length; at += 2) {
    const name = (raw.rawHeaders[at] ?? '').toLowerCase();
    if (seen.has(name) && !mayRepeat.test(name)) return name;
    seen.add(name);
  }
  return undefined;
}
