/** Reads what confidential clients send: a form, and their authentication (RFC 6749, section 2.3.1 and appendix B). */

import type { OAuthErrorCode } from '@hufu/wire/oauth';
import type { ClientSecretProof } from '../core/proof.ts';

export type FormParse =
  | { readonly ok: true; readonly proof: ClientSecretProof; readonly fields: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly error: OAuthErrorCode; readonly description: string };

const fail = (error: OAuthErrorCode, description: string): FormParse => ({ ok: false, error, description });

export function parseClientForm(
  headers: Readonly<Record<string, string | undefined>>,
  body: Uint8Array,
  duplicateHeader: string | undefined,
): FormParse {
  if (duplicateHeader !== undefined) return fail('invalid_request', 'a header is given twice');
  if (!/^application\/x-www-form-urlencoded(?:\s*;|$)/i.test(headers['content-type'] ?? '')) {
    return fail('invalid_request', 'content type must be application/x-www-form-urlencoded');
  }
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString('utf8'))) {
    if (fields.has(name)) return fail('invalid_request', 'a parameter is given twice');
    fields.set(name, value);
  }
  const inBody = fields.has('client_id') || fields.has('client_secret');
  if (headers.authorization !== undefined) {
    const basic = parseBasic(headers.authorization);
    if (!basic) return fail('invalid_client', 'authorization header is not Basic');
    // A client must not use two methods at once; naming itself in the body as well is harmless.
    const clash = fields.has('client_secret') || (fields.get('client_id') ?? basic.clientId) !== basic.clientId;
    return clash ? fail('invalid_request', 'two ways of client authentication') : { ok: true, proof: basic, fields };
  }
  const clientId = fields.get('client_id');
  const clientSecret = fields.get('client_secret');
  if (!inBody || !clientId || !clientSecret) return fail('invalid_client', 'client authentication is missing');
  return { ok: true, proof: { kind: 'client_secret', clientId, clientSecret }, fields };
}

function parseBasic(header: string): ClientSecretProof | undefined {
  const match = /^Basic ([A-Za-z0-9+/]{1,4096}={0,2})$/i.exec(header);
  if (!match?.[1]) return undefined;
  const text = Buffer.from(match[1], 'base64').toString('utf8');
  const at = text.indexOf(':');
  if (at < 1) return undefined;
  try {
    const clientId = decodeURIComponent(text.slice(0, at).replaceAll('+', ' '));
    const clientSecret = decodeURIComponent(text.slice(at + 1).replaceAll('+', ' '));
    return { kind: 'client_secret', clientId, clientSecret };
  } catch {
    return undefined;
  }
}
