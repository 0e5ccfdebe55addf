/** Reads a form of our own pages. What no browser would send of them is refused, not mended. */

import type { WireRequest } from '../../dialects/dialect.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Each of `names` exactly once and nothing else, or `undefined`. */
export function readFields<Name extends string>(
  { headers, duplicateHeader, body }: Pick<WireRequest, 'headers' | 'duplicateHeader' | 'body'>,
  names: readonly Name[],
): Readonly<Record<Name, string>> | undefined {
  if (duplicateHeader !== undefined) return undefined;
  if (!/^application\/x-www-form-urlencoded(?:[ \t]*;[ \t]*charset=utf-8)?$/i.test(headers['content-type'] ?? '')) {
    return undefined;
  }
  const fields = decode(body);
  if (!fields || fields.size !== names.length || !names.every((name) => fields.has(name))) return undefined;
  // Every name was found just now.
  return Object.fromEntries(fields) as Record<Name, string>;
}

function decode(body: Uint8Array): ReadonlyMap<string, string> | undefined {
  try {
    return readPairs(utf8.decode(body));
  } catch {
    return undefined;
  }
}

/** Of a body or a query. `URLSearchParams` would pass over what is malformed, and over a name that comes twice. */
export function readPairs(text: string): ReadonlyMap<string, string> | undefined {
  const fields = new Map<string, string>();
  if (text === '') return fields;
  for (const pair of text.split('&')) {
    const at = pair.indexOf('=');
    const name = at < 1 ? undefined : decoded(pair.slice(0, at));
    const value = decoded(pair.slice(at + 1));
    if (name === undefined || value === undefined || fields.has(name)) return undefined;
    fields.set(name, value);
  }
  return fields;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    // A percent sign without its digits, or no UTF-8 behind them.
    return undefined;
  }
}
