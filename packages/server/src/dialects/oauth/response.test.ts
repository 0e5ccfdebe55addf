import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paths } from '@hufu/wire/oauth';
import type { Client } from '../../core/client.ts';
import { sampleGrant } from '../../core/grant.sample.ts';
import type { SessionOutcome } from '../../core/outcome.ts';
import type { AnswerContext, WireAnswer } from '../dialect.ts';
import { errorOf, transportErrorOf } from './errors.ts';
import { answer, refusal } from './response.ts';

const at = (path: string): AnswerContext => ({
  requestId: 'R',
  nowMs: 0,
  request: { method: 'POST', path, headers: {} },
});
const headersOf = ({ headers }: WireAnswer): Record<string, string> => {
  const pairs: [string, string][] = [];
  for (let index = 0; index < headers.length; index += 2) pairs.push([headers[index] ?? '', headers[index + 1] ?? '']);
  return Object.fromEntries(pairs);
};

const client: Client = {
  id: 'app',
  tenant: 'tenant',
  name: 'app',
  status: 'enabled',
  createdAtMs: 0,
  dialect: 'oauth',
  type: 'web',
  authentication: 'client_secret',
  secretHash: undefined,
  keys: [],
  grantTypes: [],
  redirectUris: [],
  requiresPkce: true,
  scopes: [],
  isThirdParty: false,
  rotation: { rotates: true, retryWindowSeconds: undefined },
  permissions: [],
  resources: [],
};

const session: SessionOutcome = {
  did: 'session',
  accessToken: 'a',
  accessTokenExpiresAtMs: 600_000,
  expiresInSeconds: 600,
  refreshToken: 'r',
  scope: 'x y',
  grant: sampleGrant(),
  client,
  user: undefined,
  isFirstLogin: false,
};

const json = {
  'content-type': 'application/json',
  'cache-control': 'no-store',
  pragma: 'no-cache',
  'x-request-id': 'R',
};
const anyOrigin = { 'access-control-allow-origin': '*' };

describe('an answer', () => {
  it('holds the tokens in the members of RFC 6749, section 5.1, and may not be cached', () => {
    const given = answer(session, at(paths.token));
    assert.equal(given.status, 200);
    assert.deepEqual(headersOf(given), { ...json, ...anyOrigin });
    assert.deepEqual(JSON.parse(given.body), {
      access_token: 'a',
      token_type: 'Bearer',
      expires_in: 600,
      refresh_token: 'r',
      scope: 'x y',
    });
  });

  it('leaves out what there is not', () => {
    const { body } = answer({ ...session, refreshToken: undefined, scope: undefined }, at(paths.token));
    assert.deepEqual(Object.keys(JSON.parse(body) as object), ['access_token', 'token_type', 'expires_in']);
  });

  it('is the introspection as it is, for no other origin', () => {
    const given = answer({ did: 'introspection', introspection: { active: false } }, at(paths.introspect));
    assert.deepEqual(headersOf(given), json);
    assert.equal(given.body, '{"active":false}');
  });

  it('is empty for a revocation', () => {
    const given = answer({ did: 'ended' }, at(paths.revoke));
    assert.deepEqual([given.status, given.body, headersOf(given)], [200, '', { ...json, ...anyOrigin }]);
  });

  it('knows no words for outcomes of other dialects', () => {
    assert.throws(() => answer({ did: 'token', token: 't' }, at(paths.token)), /no words for token/);
  });
});

describe('a refusal', () => {
  it('names its error, and a scheme where it is a 401', () => {
    const refused = refusal(errorOf({ code: 'client_unknown', clientId: 'app' }), at(paths.introspect));
    assert.equal(refused.status, 401);
    assert.deepEqual(headersOf(refused), { ...json, 'www-authenticate': 'Basic realm="hufu", charset="UTF-8"' });
    assert.deepEqual(JSON.parse(refused.body), {
      error: 'invalid_client',
      error_description: 'client authentication failed',
    });
  });

  it('may be read by a page that called the token endpoint', () => {
    const refused = refusal(errorOf({ code: 'credential_expired' }), at(paths.token));
    assert.deepEqual([refused.status, headersOf(refused)], [400, { ...json, ...anyOrigin }]);
  });

  it('says when to try again, and which method is served', () => {
    const busy = refusal(errorOf({ code: 'temporarily_unavailable', detail: '' }), at(paths.introspect));
    assert.deepEqual([busy.status, headersOf(busy)], [503, { ...json, 'retry-after': '1' }]);
    const method = refusal(transportErrorOf('method_not_allowed', 1), at(paths.introspect));
    assert.deepEqual([method.status, headersOf(method)], [405, { ...json, allow: 'POST' }]);
  });
});
