import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createScnetDialect } from './index.ts';

describe('the dialect of SCNet', () => {
  const dialect = createScnetDialect();

  it('serves the six calls of the documents, none of them to pages of other origins', () => {
    assert.deepEqual(dialect.routes, [
      { method: 'POST', path: '/ac/openapi/v2/tokens' },
      { method: 'POST', path: '/api/user/v3/tokens' },
      { method: 'POST', path: '/ac/openapi/v2/tokens/next' },
      { method: 'GET', path: '/ac/openapi/v2/tokens/state' },
      { method: 'GET', path: '/ac/openapi/v2/center' },
      { method: 'GET', path: '/ac/openapi/v2/user' },
    ]);
  });

  it('answers for whatever stands below the prefixes of its gateway', () => {
    for (const [path, ours] of [
      ['/ac/openapi/v2/jobs', true],
      ['/ac/openapi/', true],
      ['/api/user/v3/keys', true],
      ['/ac/openapi', false],
      ['/ac/openapiv2/tokens', false],
      ['/api/users', false],
      ['/', false],
    ] as const) {
      assert.equal(dialect.recognises({}, path), ours, path);
    }
  });

  it('lets its options be told, and no others come in', () => {
    const [format] = createScnetDialect({ platformClusterIdClaim: '11125' }).formats;
    assert.equal(format?.type, 'scnet_token');
    assert.equal(format?.platformRegion, '0');
    assert.deepEqual(
      dialect.clientTypes.map(({ name, authentications }) => [name, ...authentications]),
      [['organisation', 'none']],
    );
  });
});
