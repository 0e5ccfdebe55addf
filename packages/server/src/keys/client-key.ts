/** Public keys that operators give to clients: read from PEM or JWK, kept as a JWK without any private member. */

import { createPublicKey, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { ClientKey } from '../core/client.ts';
import { type ClientKeys, ClientKeyUnreadable } from '../service/ports.ts';
import { fits } from './algorithms.ts';
import { publicMembers, thumbprint } from './jwk.ts';

function clientKeyOf(text: string): ClientKey {
  if (/PRIVATE KEY/.test(text) || /"d"\s*:/.test(text)) throw new ClientKeyUnreadable('this is a private key');
  const key = read(text.trim());
  if (!fits('RS256', key) && !fits('ES256', key)) {
    throw new ClientKeyUnreadable('allowed: RSA of 2048 bits or more, or EC on P-256');
  }
  return clientKey(key);
}

function read(text: string): KeyObject {
  try {
    if (!text.startsWith('{')) return createPublicKey(text);
    return createPublicKey({ key: JSON.parse(text) as JsonWebKey, format: 'jwk' });
  } catch {
    throw new ClientKeyUnreadable('allowed: a public key in PEM or a JWK');
  }
}

function clientKey(key: KeyObject): ClientKey {
  const members = publicMembers(key);
  if (!members) throw new ClientKeyUnreadable('this is a secret');
  return { id: thumbprint(members), jwk: JSON.stringify(members) };
}

async function newClientKey(
  algorithm: 'RS256' | 'ES256',
): Promise<{ readonly key: ClientKey; readonly privateKeyPem: string }> {
  const generate = promisify(generateKeyPair);
  const { publicKey, privateKey } =
    algorithm === 'RS256'
      ? await generate('rsa', { modulusLength: 2048 })
      : await generate('ec', { namedCurve: 'P-256' });
  return { key: clientKey(publicKey), privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

export const clientKeys: ClientKeys = { read: clientKeyOf, generate: newClientKey };
