/** HTTP to command: token endpoint (RFC 6749, section 3.2), introspection (RFC 7662) and revocation (RFC 7009). */

import { codeVerifierForm, grantTypes, paths } from '@hufu/wire/oauth';
import type { Command } from '../../core/command.ts';
import type { ClientProof } from '../../core/proof.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import type { SessionSpeech } from '../../core/speech.ts';
import type { Parsed, WireRequest } from '../dialect.ts';
import { readClientProof, requireProof } from './client-proof.ts';
import { type Fields, readForm, readIdempotencyKey } from './form.ts';
import { malformed } from './problem.ts';
import { readTarget } from './target.ts';

export function parse(request: WireRequest, speech: SessionSpeech): Parsed {
  const form = readForm(request);
  if (!form.ok) return form;
  const fields = form.value;
  if (request.path === paths.introspect) return parseIntrospect(request, fields, speech);
  if (request.path === paths.revoke) return parseRevoke(request, fields, speech);
  const grantType = fields.get('grant_type');
  switch (grantType) {
    case undefined:
      return malformed('invalid_request', 'parameter grant_type is missing');
    case grantTypes.authorizationCode:
      return parseCode(request, fields, speech);
    case grantTypes.refreshToken:
      return parseRefresh(request, fields, speech);
    case grantTypes.clientCredentials:
      return parseClientCredentials(request, fields, speech);
    case grantTypes.jwtBearer:
      return parseAssertion(request, fields, speech);
    default:
      return malformed('unsupported_grant_type', 'grant_type is not supported');
  }
}

const parsed = (command: Command): Parsed => ({ ok: true, command });

/** What the commands have in common: OAuth names neither tenant nor types of client. */
const from = (operation: string, speech: SessionSpeech, client: ClientProof) => ({
  operation,
  speech,
  client,
  tenant: undefined,
  clientTypes: undefined,
});

function parseCode({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readClientProof(headers, fields);
  if (!client.ok) return client;
  const code = required(fields, 'code');
  if (!code.ok) return code;
  const codeVerifier = fields.get('code_verifier');
  if (codeVerifier !== undefined && !codeVerifierForm.test(codeVerifier)) {
    return malformed('invalid_request', 'code_verifier must be 43 to 128 unreserved characters');
  }
  const target = readTarget(fields);
  if (!target.ok) return target;
  const { resource } = target.value;
  const redirectUri = fields.get('redirect_uri');
  const common = from('authorization_code', speech, client.value);
  return parsed({ do: 'redeem', ...common, code: code.value, redirectUri, codeVerifier, resource });
}

function parseRefresh({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readClientProof(headers, fields);
  if (!client.ok) return client;
  const refreshToken = required(fields, 'refresh_token');
  if (!refreshToken.ok) return refreshToken;
  const key = readIdempotencyKey(headers);
  if (!key.ok) return key;
  const target = readTarget(fields);
  if (!target.ok) return target;
  const common = from('refresh_token', speech, client.value);
  return parsed({
    do: 'refresh',
    ...common,
    refreshToken: refreshToken.value,
    idempotencyKey: key.value,
    ...target.value,
  });
}

function parseClientCredentials({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readProof(headers, fields);
  if (!client.ok) return client;
  const target = readTarget(fields);
  if (!target.ok) return target;
  return parsed({ do: 'client_credentials', ...from('client_credentials', speech, client.value), ...target.value });
}

function parseAssertion({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readClientProof(headers, fields);
  if (!client.ok) return client;
  const assertion = required(fields, 'assertion');
  if (!assertion.ok) return assertion;
  const target = readTarget(fields);
  if (!target.ok) return target;
  const common = from('jwt_bearer', speech, client.value);
  return parsed({ do: 'assert', ...common, assertion: assertion.value, ...target.value });
}

/** `token_type_hint` is not looked at: a token says itself what it is. */
function parseIntrospect({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readProof(headers, fields);
  if (!client.ok) return client;
  const token = required(fields, 'token');
  if (!token.ok) return token;
  return parsed({ do: 'introspect', ...from('introspect', speech, client.value), token: token.value });
}

function parseRevoke({ headers }: WireRequest, fields: Fields, speech: SessionSpeech): Parsed {
  const client = readClientProof(headers, fields);
  if (!client.ok) return client;
  const token = required(fields, 'token');
  if (!token.ok) return token;
  const common = from('revoke', speech, client.value);
  return parsed({ do: 'end', ...common, token: token.value, mustBeAlive: false });
}

function readProof(headers: WireRequest['headers'], fields: Fields): Decision<ClientProof> {
  const client = readClientProof(headers, fields);
  return client.ok ? requireProof(client.value) : client;
}

function required(fields: Fields, name: string): Decision<string> {
  const value = fields.get(name);
  return value === undefined ? malformed('invalid_request', `parameter ${name} is missing`) : accept(value);
}
