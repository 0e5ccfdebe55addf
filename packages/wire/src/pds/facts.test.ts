import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  accessTokenGraceSeconds,
  accessTokenLifetimeSeconds,
  accountTokenMembers,
  domainOfHost,
  formMediaType,
  gatewayErrorHeaders,
  grantTypes,
  jsonMediaType,
  jtiLength,
  paths,
  refreshTokenLifetimeSeconds,
  requestIdHeader,
  scopes,
  sdkUndefined,
  tokenParameters,
} from './facts.ts';
import layout from './golden/access-token.json' with { type: 'json' };
import assertions from './golden/assertions.json' with { type: 'json' };
import errors from './golden/errors.json' with { type: 'json' };
import golden from './golden/hosts.json' with { type: 'json' };
import { method, recordedRequest, recordedRequests } from './golden/recorded.ts';
import token from './golden/token.json' with { type: 'json' };

/** Sent by the SDK because its document says so; no reference has it. */
const trap = 'redirect_url';

suite('facts of PDS', () => {
  test('access tokens are said to live 2 hours and live a minute longer, refresh tokens 7 days', () => {
    assert.equal(accessTokenLifetimeSeconds, token.observed.expires_in);
    assert.equal(accessTokenLifetimeSeconds, layout.expires_in);
    assert.equal(accessTokenLifetimeSeconds + accessTokenGraceSeconds, layout.lifetimeSeconds);
    assert.equal(refreshTokenLifetimeSeconds, 604_800);
  });

  test('the scopes are those of the documented access token, in its order', () => {
    assert.deepEqual(scopes, layout.scope);
  });

  test('a jti as the SDK draws it is shorter than documented', () => {
    assert.ok(assertions.jti.length >= jtiLength.sdkMinimum);
    assert.ok(assertions.jti.length < jtiLength.documentedMinimum);
  });

  test('the answer headers are those of the vendor', () => {
    assert.equal(requestIdHeader, errors.requestIdHeader);
    assert.deepEqual([gatewayErrorHeaders.code, gatewayErrorHeaders.message, requestIdHeader], errors.gateway.headers);
  });

  test('every recorded request goes to one of the two token paths in its media type, without authorization', () => {
    assert.equal(method, 'POST');
    for (const { id, path, headers } of recordedRequests) {
      const type = path === paths.accountToken ? jsonMediaType : formMediaType;
      assert.ok(path === paths.accountToken || path === paths.token, id);
      assert.equal(headers['content-type']?.split(';')[0], type, id);
      assert.equal(headers.authorization, undefined, id);
    }
  });

  test('every recorded request uses known members only, but for the trap of the document', () => {
    for (const { id, path, values } of recordedRequests) {
      const known: readonly string[] = path === paths.accountToken ? accountTokenMembers : tokenParameters;
      const unknown = Object.keys(values).filter((name) => !known.includes(name));
      assert.deepEqual(unknown, id.endsWith('redirect-url') ? [trap] : [], id);
    }
  });

  test('every recorded grant type is known, and authorization_code is not among them', () => {
    const sent = new Set(recordedRequests.map(({ values }) => values.grant_type));
    assert.deepEqual([...sent].sort(), [grantTypes.sdkCode, grantTypes.refreshToken, grantTypes.jwtBearer].sort());
  });

  test('a secret that is undefined is sent as a word', () => {
    assert.equal(recordedRequest('code-undefined').values.client_secret, sdkUndefined);
    assert.equal(recordedRequest('refresh-undefined').values.client_secret, sdkUndefined);
  });
});

suite('the domain that a host names', () => {
  for (const { host, domain } of golden.hosts) {
    test(`${host || 'an empty host'}: ${domain ?? 'none'}`, () => assert.equal(domainOfHost(host), domain));
  }
});
