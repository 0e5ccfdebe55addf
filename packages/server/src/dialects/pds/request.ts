/** HTTP to command. What stands in the request itself is checked here; who sent it, and whether they may, by the service. */

import { paths, tokenParameters } from '@hufu/wire/pds';
import type { SessionSpeech } from '../../core/speech.ts';
import type { Parsed, WireRequest } from '../dialect.ts';
import { readCall } from './caller.ts';
import { requiredOf } from './members.ts';
import { operations } from './operations.ts';
import type { PdsOptions } from './options.ts';
import { malformed } from './problem.ts';
import { parseAccountToken, parseToken } from './token-request.ts';

export function parse(request: WireRequest, speech: SessionSpeech, options: PdsOptions): Parsed {
  if (request.duplicateHeader !== undefined) return malformed('invalid', 'header', 'A header is given twice.');
  const { maxFormMembers: maxMembers } = options;
  switch (request.path) {
    case paths.token: {
      const { tokenAcceptsJson: json } = options;
      const rule = { form: true, json, known: tokenParameters, maxMembers, idName: 'client_id' } as const;
      const call = readCall(request, rule);
      return call.ok ? parseToken(request, call.value, speech, options) : call;
    }
    case paths.accountToken: {
      const { accountTokenAcceptsForm: form } = options;
      const known = ['app_id', 'grant_type', 'refresh_token', 'domain_id'];
      const mayOmitId = options.accountTokenAppId === 'optional';
      const call = readCall(request, { form, json: true, known, maxMembers, idName: 'app_id', mayOmitId });
      return call.ok ? parseAccountToken(request, call.value, speech, options) : call;
    }
    case paths.accountRevoke:
      return parseAccountRevoke(request, speech, maxMembers);
    default:
      return parsePublicKey(request, speech, maxMembers);
  }
}

/** The user logs out. */
function parseAccountRevoke(request: WireRequest, speech: SessionSpeech, maxMembers: number): Parsed {
  const known = ['app_id', 'refresh_token', 'domain_id'];
  const call = readCall(request, { form: false, json: true, known, maxMembers, idName: 'app_id' });
  if (!call.ok) return call;
  const { members, client, tenant } = call.value;
  const token = requiredOf(members, 'refresh_token');
  if (!token.ok) return token;
  return {
    ok: true,
    command: {
      do: 'end',
      operation: operations.accountRevoke,
      speech,
      client,
      tenant,
      clientTypes: undefined,
      token: token.value,
      mustBeAlive: true,
    },
  };
}

/** Whoever wants to know by which key an application's assertions are checked. */
function parsePublicKey(request: WireRequest, speech: SessionSpeech, maxMembers: number): Parsed {
  const known = ['app_id', 'domain_id'];
  const call = readCall(request, { form: false, json: true, known, maxMembers, idName: 'app_id' });
  if (!call.ok) return call;
  const { client, tenant } = call.value;
  // `app_id` goes without a secret.
  if (client.kind !== 'client_name') return malformed('missing', 'app_id');
  const operation = operations.publicKey;
  return { ok: true, command: { do: 'client_key', operation, speech, client, tenant, clientTypes: ['JWT'] } };
}
