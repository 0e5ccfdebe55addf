/** HTTP to command. Everything that a call says stands in headers; whether it is true is the service's to find out. */

import {
  errorCodes,
  isEmptyBody,
  type OperationName,
  operations,
  type Reading,
  type ReceivedAccessKeyLogin,
  readAccessKeyLogin,
  readPasswordLogin,
  readTokenHeader,
  stringToSign,
} from '@hufu/wire/scnet';
import type { InspectCommand } from '../../core/command.ts';
import type { SignatureProof } from '../../core/proof.ts';
import type { Refusal } from '../../core/reasons.ts';
import type { RegionSpeech } from '../../core/speech.ts';
import { secondMs } from '../../core/time.ts';
import type { Parsed, WireRequest } from '../dialect.ts';
import type { ScnetOptions } from './options.ts';
import { malformed } from './problem.ts';

export function parse(request: WireRequest, speech: RegionSpeech, options: ScnetOptions): Parsed {
  const { headers, duplicateHeader, body, path } = request;
  if (duplicateHeader !== undefined) return malformed(errorCodes.invalid, 'duplicate header');
  if (!isEmptyBody(new TextDecoder().decode(body))) return malformed(errorCodes.invalid, 'body');
  switch (path) {
    case operations.passwordLogin.path: {
      const read = readPasswordLogin(headers);
      if (!read.ok) return refused(read);
      const { user: userName, password, orgId: organisation } = read.value;
      const proof = { kind: 'password', organisation, userName, password } as const;
      return { ok: true, command: { do: 'sign_in', operation: 'passwordLogin', speech, proof } };
    }
    case operations.accessKeyLogin.path: {
      const read = readAccessKeyLogin(headers);
      if (!read.ok) return refused(read);
      const proof = signatureProof(read.value, options.timestampWindowSeconds);
      return { ok: true, command: { do: 'sign_in', operation: 'accessKeyLogin', speech, proof } };
    }
    case operations.renew.path: {
      const read = readTokenHeader(headers);
      if (!read.ok) return refused(read);
      const proof = { kind: 'token', token: read.value } as const;
      return { ok: true, command: { do: 'exchange', operation: 'renew', speech, proof } };
    }
    case operations.state.path:
      return inspect(request, 'state', speech, 'token');
    case operations.center.path:
      return inspect(request, 'center', speech, 'region');
    default:
      return inspect(request, 'user', speech, 'user');
  }
}

const refused = ({ code, header }: Extract<Reading<unknown>, { readonly ok: false }>): Refusal =>
  malformed(code, `header ${header}`);

/** The signature covers the name as it stands in the header, so that nobody can put another one in its place. */
function signatureProof(login: ReceivedAccessKeyLogin, clockSkewSeconds: number): SignatureProof {
  const { user, accessKey, signature, timestamp, unixSeconds } = login;
  return {
    kind: 'signature',
    accessKeyId: accessKey,
    securityToken: undefined,
    requestTime: { atMs: unixSeconds * secondMs, text: timestamp },
    clockSkewSeconds,
    userName: user,
    signature,
    verify: ({ text }, hashing) =>
      hashing.equal(hashing.hmacText('sha256', text, stringToSign({ accessKey, timestamp, user }), 'hex'), signature),
  };
}

function inspect(
  { headers }: WireRequest,
  operation: OperationName,
  speech: RegionSpeech,
  about: InspectCommand['about'],
): Parsed {
  const read = readTokenHeader(headers);
  if (!read.ok) return refused(read);
  return {
    ok: true,
    command: { do: 'inspect', operation, speech, proof: { kind: 'token', token: read.value }, about },
  };
}
