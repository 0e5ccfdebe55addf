/** The encoded headers of a key's tokens: few texts, each encoded once. */

import type { Algorithm, TokenHeader } from '../core/token.ts';
import { encodeBase64url } from './base64url.ts';
import { readJwtHeader } from './jwt.ts';

const cachedLimit = 64;

/** @returns gives the base64url text of a header, or throws where an exact header text is not one of `algorithm`. */
export function createHeaderWriter(algorithm: Algorithm, keyId: string): (header: TokenHeader) => string {
  const exact = cached((text) => {
    const encoded = encodeBase64url(text);
    if (readJwtHeader(encoded)?.alg !== algorithm) throw new Error(`A token's header does not say ${algorithm}`);
    return encoded;
  });
  const written = cached((typ) => encodeBase64url(JSON.stringify({ alg: algorithm, typ, kid: keyId })));
  return (header) => (typeof header === 'string' ? exact(header) : written(header.typ));
}

function cached(encode: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>();
  return (text) => {
    let encoded = known.get(text);
    if (encoded === undefined) {
      encoded = encode(text);
      if (known.size >= cachedLimit) known.clear();
      known.set(text, encoded);
    }
    return encoded;
  };
}
