/** Reads how a client proves who it is (RFC 6749, section 2.3; RFC 7523, section 2.2): in exactly one way. */

import { clientAssertionType } from '@hufu/wire/oauth';
import type { ClientProof, ClientSecretProof } from '../../core/proof.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import type { WireRequest } from '../dialect.ts';
import type { Fields } from './form.ts';
import { longest } from './limits.ts';
import { formDecoded } from './parameters.ts';
import { malformed } from './problem.ts';

export function readClientProof({ authorization }: WireRequest['headers'], fields: Fields): Decision<ClientProof> {
  const clientId = fields.get('client_id');
  const clientSecret = fields.get('client_secret');
  const assertion = fields.get('client_assertion');
  const ways = [authorization, clientSecret, assertion].filter((way) => way !== undefined);
  if (ways.length > 1) return malformed('invalid_request', 'more than one way of client authentication');
  if (clientId !== undefined && !isClientId(clientId)) return malformed('invalid_client', 'client_id is not one');
  if (authorization !== undefined) return readBasic(authorization, clientId);
  if (assertion !== undefined) return readAssertion(assertion, clientId, fields.get('client_assertion_type'));
  if (clientId === undefined) return malformed('invalid_client', 'client authentication is missing');
  return accept(
    clientSecret === undefined ? { kind: 'client_name', clientId } : { kind: 'client_secret', clientId, clientSecret },
  );
}

/** For operations at which a name alone is nothing. */
export const requireProof = (proof: ClientProof): Decision<ClientProof> =>
  proof.kind === 'client_name' ? malformed('invalid_client', 'client authentication is missing') : accept(proof);

/** Printable ASCII (RFC 6749, appendix A.1). */
export const isClientId = (text: string): boolean => text.length <= longest.clientId && /^[\x20-\x7e]+$/.test(text);

/** Naming itself in the body as well is harmless, where both are the same. */
function readBasic(header: string, clientId: string | undefined): Decision<ClientProof> {
  const basic = parseBasic(header);
  if (!basic) return malformed('invalid_client', 'the authorization header is not Basic authentication of a client');
  const isSame = clientId === undefined || clientId === basic.clientId;
  return isSame ? accept(basic) : malformed('invalid_request', 'client_id is not that of the authorization header');
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Both halves are form-encoded before they are joined (RFC 6749, section 2.3.1). */
function parseBasic(header: string): ClientSecretProof | undefined {
  const credentials = /^Basic +([A-Za-z0-9+/]{1,8192}={0,2})$/i.exec(header)?.[1];
  const text = credentials === undefined ? undefined : decodedBase64(credentials);
  const at = text?.indexOf(':') ?? -1;
  if (text === undefined || at < 1) return undefined;
  const clientId = formDecoded(text.slice(0, at));
  const clientSecret = formDecoded(text.slice(at + 1));
  if (clientId === undefined || !isClientId(clientId) || !clientSecret) return undefined;
  return { kind: 'client_secret', clientId, clientSecret };
}

/** Who form-encodes both halves sends ASCII, which needs no decoding; the rest is read as UTF-8. */
function decodedBase64(text: string): string | undefined {
  try {
    const bytes = atob(text);
    return /[\x80-\xff]/.test(bytes)
      ? utf8.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)))
      : bytes;
  } catch {
    return undefined;
  }
}

function readAssertion(
  assertion: string,
  clientId: string | undefined,
  type: string | undefined,
): Decision<ClientProof> {
  if (type === undefined) return malformed('invalid_request', 'parameter client_assertion_type is missing');
  if (type !== clientAssertionType) return malformed('invalid_client', 'client_assertion_type is not supported');
  return accept({ kind: 'client_assertion', clientId, assertion });
}
