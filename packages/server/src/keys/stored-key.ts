/** A signing key between memory and the store: its private half as a JWK, sealed and bound to its row. */

import { createPrivateKey, createSecretKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { KeyTimes } from '../core/keystate.ts';
import type { Algorithm } from '../core/token.ts';
import type { Sealing, StoredKey } from '../service/ports.ts';
import type { GeneratedKey } from './generate.ts';
import { type OpenKey, type OpenKeyOptions, openKey } from './open-key.ts';

/** A key of the store does not open. */
export class KeyUnreadable extends Error {
  override readonly name = 'KeyUnreadable';
}

export interface KeyPlace {
  readonly use: string;
  readonly algorithm: Algorithm;
}

/** Use and algorithm are part of it: whoever can write to the database cannot give a key another task. */
const bindingOf = (place: KeyPlace, id: string): string => `signing-key/${place.use}/${place.algorithm}/${id}`;

export function sealKey(
  sealing: Sealing,
  place: KeyPlace,
  generated: GeneratedKey,
  times: KeyTimes & { readonly createdAtMs: number },
): StoredKey {
  const { id, key } = generated;
  const { use, algorithm } = place;
  const { publicJwk } = openKey(id, algorithm, key);
  return {
    id,
    use,
    algorithm,
    sealed: sealing.seal(JSON.stringify(key.export({ format: 'jwk' })), bindingOf(place, id)),
    publicJwk: publicJwk && JSON.stringify(publicJwk),
    createdAtMs: times.createdAtMs,
    activeFromMs: times.activeFromMs,
    retiresAtMs: times.retiresAtMs,
    dropsAtMs: times.dropsAtMs,
  };
}

/** @throws {KeyUnreadable} */
export function unsealKey(sealing: Sealing, stored: StoredKey, options?: OpenKeyOptions): OpenKey {
  try {
    const key = readKey(sealing.open(stored.sealed, bindingOf(stored, stored.id)));
    return openKey(stored.id, stored.algorithm, key, options);
  } catch {
    // What went wrong inside may quote the key's text, so it is not passed on.
    throw new KeyUnreadable(`Signing key ${stored.id} (${stored.use}, ${stored.algorithm}) of the store does not open`);
  }
}

function readKey(text: string): KeyObject {
  // Written by `sealKey` and authenticated since; `createPrivateKey` checks the members.
  const jwk = JSON.parse(text) as JsonWebKey;
  if (jwk.kty === 'oct') return createSecretKey(jwk.k ?? '', 'base64url');
  return createPrivateKey({ key: jwk, format: 'jwk' });
}
