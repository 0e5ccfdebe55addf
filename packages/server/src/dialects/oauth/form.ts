/** The form that every endpoint but the authorization endpoint takes (RFC 6749, section 3.2). */

import { formMediaType, idempotencyKeyHeader, repeatableParameter } from '@hufu/wire/oauth';
import { accept, type Decision } from '../../core/reasons.ts';
import type { WireRequest } from '../dialect.ts';
import { longest } from './limits.ts';
import { readParameters } from './parameters.ts';
import { malformed } from './problem.ts';

/** Values by name; unknown ones among them, which nobody looks at (RFC 6749, section 3.2). */
export type Fields = ReadonlyMap<string, string>;

/** Clients add a charset although the media type has none; UTF-8 is what RFC 6749, appendix B asks for. */
const mediaType = new RegExp(
  `^${formMediaType.replace('/', '\\/')}\\s*(?:;\\s*charset\\s*=\\s*"?utf-8"?\\s*)?;?$`,
  'i',
);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function readForm({ headers, body, duplicateHeader }: WireRequest): Decision<Fields> {
  if (duplicateHeader !== undefined) return malformed('invalid_request', 'a header is given twice');
  if (!mediaType.test(headers['content-type'] ?? '')) {
    return malformed('invalid_request', `content type must be ${formMediaType}`);
  }
  const text = decoded(body);
  const parameters = text === undefined ? undefined : readParameters(text);
  if (!parameters) return malformed('invalid_request', 'the form is not well encoded');
  const { values, repeated } = parameters;
  for (const name of repeated) {
    if (name !== repeatableParameter) return malformed('invalid_request', 'a parameter is given twice');
  }
  return repeated.size === 0 ? accept(values) : malformed('invalid_target', 'one resource at a time');
}

function decoded(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

/** Names the attempt of a refresh, where the client has a name for it. */
export function readIdempotencyKey(headers: WireRequest['headers']): Decision<string | undefined> {
  const key = headers[idempotencyKeyHeader];
  if (key === undefined) return accept(undefined);
  const isName = key.length <= longest.idempotencyKey && /^[\x20-\x7e]+$/.test(key);
  return isName
    ? accept(key)
    : malformed('invalid_request', `idempotency-key must be 1 to ${longest.idempotencyKey} printable ASCII characters`);
}
