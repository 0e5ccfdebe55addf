import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { form, speechOf } from './call.sample.ts';
import { createPdsDialect, type PdsOptions } from './index.ts';

const day = 86_400;

function sessions(options: Partial<PdsOptions> = {}) {
  const speech = speechOf(
    { path: '/v2/oauth/token', body: 'grant_type=refresh_token&client_id=a&refresh_token=r', headers: form },
    options,
  );
  assert.ok('rotation' in speech);
  return speech;
}

suite('the dialect', () => {
  test('serves the four calls that are posted, and codes beside them', () => {
    const { routes, authorization } = createPdsDialect();
    assert.deepEqual(
      routes.map(({ method, path }) => `${method} ${path}`),
      ['POST /v2/oauth/token', 'POST /v2/account/token', 'POST /v2/account/revoke', 'POST /v2/account/get_public_key'],
    );
    assert.equal(authorization?.path, '/v2/oauth/authorize');
  });

  test('lets pages of any origin send what the SDK sends', () => {
    for (const { crossOriginHeaders } of createPdsDialect().routes) {
      assert.deepEqual(crossOriginHeaders, ['content-type', 'pds-js-sdk', 'idempotency-key']);
    }
  });

  test('knows its callers by the host or by what the SDK sends', () => {
    const { recognises } = createPdsDialect();
    assert.equal(recognises({ host: 'bj29.api.aliyunpds.com' }, '/'), true);
    assert.equal(recognises({ host: '127.0.0.1:1', 'pds-js-sdk': '1.4.0' }, '/'), true);
    assert.equal(recognises({ host: '127.0.0.1:1' }, '/'), false);
    assert.equal(recognises({}, '/'), false);
  });
});

suite('sessions', () => {
  test('last 7 days without a refresh and 90 days with them; their access tokens 2 hours', () => {
    const speech = sessions();
    assert.equal(speech.rotation.renewalLifetimeSeconds, 7 * day);
    assert.equal(speech.sessionLifetimeSeconds, 90 * day);
    assert.equal(speech.accessTokenLifetimeSeconds, 7200);
    assert.equal(speech.rotation.retryWindowSeconds, 60);
    assert.equal(speech.rotation.rotates, true);
  });

  test('with a fixed end, last as long as their first refresh token', () => {
    const fixed = { renewalEnd: 'fixed' } as const;
    assert.equal(sessions(fixed).sessionLifetimeSeconds, 7 * day);
    assert.equal(sessions({ ...fixed, sessionLifetimeSeconds: day }).sessionLifetimeSeconds, day);
  });

  test('of the service account have the role superadmin, those of created users the role user', () => {
    assert.deepEqual(sessions().roles, { user: 'user', service: 'superadmin' });
  });
});
