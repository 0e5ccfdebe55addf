import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { errorStatus, isDescription, type OAuthErrorCode } from '@hufu/wire/oauth';
import type { Reason } from '../../core/reasons.ts';
import type { TransportProblem } from '../dialect.ts';
import { errorOf, redirectErrorOf, transportErrorOf } from './errors.ts';

const clientId = 'app';
const grantId = 'g';
const tenant = 't';
const accessKeyId = 'k';

/** Every reason, as the compiler demands it. */
const samples: { readonly [Code in Reason['code']]: Extract<Reason, { code: Code }> } = {
  request_malformed: { code: 'request_malformed', problem: 'invalid_request', detail: 'd', message: 'm' },
  access_key_unknown: { code: 'access_key_unknown', accessKeyId },
  access_key_disabled: { code: 'access_key_disabled', accessKeyId },
  user_disabled: { code: 'user_disabled', accessKeyId },
  tenant_disabled: { code: 'tenant_disabled', tenant },
  security_token_invalid: { code: 'security_token_invalid', accessKeyId },
  security_token_expired: { code: 'security_token_expired', accessKeyId },
  signature_mismatch: { code: 'signature_mismatch', accessKeyId },
  request_time_skewed: { code: 'request_time_skewed', requestTime: 'x', serverTimeMs: 0 },
  permission_denied: { code: 'permission_denied', action: 'a', resource: 'r' },
  rate_limited: { code: 'rate_limited', accessKeyId },
  client_authentication_failed: { code: 'client_authentication_failed', clientId },
  client_not_permitted: { code: 'client_not_permitted', clientId, permission: 'introspect' },
  access_key_foreign: { code: 'access_key_foreign', accessKeyId },
  login_name_unknown: { code: 'login_name_unknown', accessKeyId },
  signature_replayed: { code: 'signature_replayed', accessKeyId },
  region_not_allowed: { code: 'region_not_allowed', grantId },
  platform_token: { code: 'platform_token', grantId },
  lifetime_out_of_range: { code: 'lifetime_out_of_range', name: 'n', maximumSeconds: 1 },
  client_unknown: { code: 'client_unknown', clientId },
  grant_type_not_allowed: { code: 'grant_type_not_allowed', clientId, grantType: 'x' },
  redirect_uri_not_registered: { code: 'redirect_uri_not_registered', clientId },
  code_challenge_missing: { code: 'code_challenge_missing', clientId },
  code_unknown: { code: 'code_unknown', clientId },
  code_expired: { code: 'code_expired', clientId },
  code_mismatch: { code: 'code_mismatch', clientId, problem: 'code_verifier' },
  code_replayed: { code: 'code_replayed', grantId },
  assertion_refused: { code: 'assertion_refused', clientId, proves: 'grant', problem: 'exp' },
  assertion_replayed: { code: 'assertion_replayed', clientId, proves: 'grant' },
  user_unknown: { code: 'user_unknown', tenant },
  account_disabled: { code: 'account_disabled', tenant },
  password_wrong: { code: 'password_wrong', tenant },
  login_blocked: { code: 'login_blocked', tenant, retryAtMs: 0, isLocked: true },
  scope_not_allowed: { code: 'scope_not_allowed', clientId },
  target_not_allowed: { code: 'target_not_allowed', clientId },
  login_required: { code: 'login_required', clientId },
  consent_required: { code: 'consent_required', clientId },
  consent_denied: { code: 'consent_denied', clientId },
  credential_invalid: { code: 'credential_invalid', detail: 'd' },
  credential_expired: { code: 'credential_expired' },
  grant_unknown: { code: 'grant_unknown', grantId },
  grant_foreign: { code: 'grant_foreign', grantId },
  grant_revoked: { code: 'grant_revoked', grantId },
  grant_suspended: { code: 'grant_suspended', grantId },
  grant_expired: { code: 'grant_expired', grantId },
  renewal_over: { code: 'renewal_over', grantId },
  refresh_replayed: { code: 'refresh_replayed', grantId },
  binding_mismatch: { code: 'binding_mismatch', grantId },
  refresh_forged: { code: 'refresh_forged', grantId },
  temporarily_unavailable: { code: 'temporarily_unavailable', detail: 'd' },
  timed_out: { code: 'timed_out' },
  internal: { code: 'internal', detail: 'd' },
};
const reasons = Object.values(samples);

describe('an error of OAuth', () => {
  it('has a text that RFC 6749 allows, whatever the reason', () => {
    for (const reason of reasons) {
      const { description } = errorOf(reason);
      assert.ok(isDescription(description) && description !== '', reason.code);
      assert.ok(isDescription(redirectErrorOf(reason).description));
    }
  });

  it('is as dull for a replay, a theft or a disabled user as for any bad grant', () => {
    const bad = reasons.filter((reason) => errorOf(reason).code === 'invalid_grant');
    assert.ok(bad.length > 15);
    assert.equal(new Set(bad.map((reason) => errorOf(reason).description)).size, 1);
    for (const code of ['refresh_replayed', 'code_replayed', 'binding_mismatch', 'user_unknown', 'grant_suspended']) {
      assert.ok(bad.some((reason) => reason.code === code));
    }
  });

  it('tells a bad client assertion from a bad grant (RFC 7523, section 3)', () => {
    for (const code of ['assertion_refused', 'assertion_replayed'] as const) {
      const sample = samples[code];
      assert.equal(errorOf({ ...sample, proves: 'client' }).code, 'invalid_client');
      assert.equal(errorOf({ ...sample, proves: 'grant' }).code, 'invalid_grant');
    }
    const failed = errorOf(samples.client_authentication_failed);
    assert.deepEqual(errorOf({ ...samples.assertion_refused, proves: 'client' }), failed);
    assert.deepEqual(errorOf(samples.client_unknown), failed);
  });

  it('is temporarily_unavailable, never invalid_grant, where the store cannot answer', () => {
    for (const code of ['temporarily_unavailable', 'timed_out'] as const) {
      assert.equal(errorOf(samples[code]).code, 'temporarily_unavailable');
      assert.equal(redirectErrorOf(samples[code]).code, 'temporarily_unavailable');
    }
    assert.equal(errorStatus.temporarily_unavailable, 503);
  });

  it('gives the words of a malformed request on, as far as they are words of OAuth', () => {
    const { request_malformed: sample } = samples;
    assert.deepEqual(errorOf({ ...sample, problem: 'invalid_scope' }), { code: 'invalid_scope', description: 'm' });
    for (const change of [
      { problem: 'Unauthorized' },
      { message: 'a "b"' },
      { message: '虎' },
      { message: 'a\r\nb' },
    ]) {
      assert.deepEqual(errorOf({ ...sample, ...change }), errorOf({ ...sample, message: 'the request is malformed' }));
    }
  });

  it('has only codes of the authorization endpoint at a redirect URI (RFC 6749, section 4.1.2.1)', () => {
    const allowed = new Set<OAuthErrorCode>([
      'invalid_request',
      'unauthorized_client',
      'access_denied',
      'invalid_scope',
      'invalid_target',
      'server_error',
      'temporarily_unavailable',
      'login_required',
      'consent_required',
    ]);
    for (const reason of reasons) assert.ok(allowed.has(redirectErrorOf(reason).code), reason.code);
  });
});

describe('a missing code challenge', () => {
  it('is told to the client in so many words (RFC 7636, section 4.4.1)', () => {
    const { code, description } = redirectErrorOf(samples.code_challenge_missing);
    assert.deepEqual([code, description], ['invalid_request', 'code_challenge with the method S256 is required']);
  });
});

describe('an error of the transport', () => {
  it('has the status that HTTP has for it, and a code of OAuth', () => {
    const statuses: Readonly<Record<TransportProblem, number>> = {
      not_found: 404,
      method_not_allowed: 405,
      body_too_large: 413,
      unreadable_content_type: 415,
      headers_too_large: 431,
      malformed_http: 400,
      timed_out: 503,
    };
    for (const [problem, status] of Object.entries(statuses) as [TransportProblem, number][]) {
      const error = transportErrorOf(problem, 32_768);
      assert.equal(error.status, status);
      assert.equal(error.code, problem === 'timed_out' ? 'temporarily_unavailable' : 'invalid_request');
      assert.ok(isDescription(error.description));
    }
  });
});
