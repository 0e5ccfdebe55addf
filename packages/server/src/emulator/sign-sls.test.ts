import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  accessKeyId,
  accessKeySecret,
  clock,
  host,
  recordedRequest,
  securityToken,
} from '../../../wire/src/sls/golden/recorded.ts';
import { signSls } from './sign-sls.ts';

const lasting = { accessKeyId, accessKeySecret };
const atMs = Date.parse(clock);
const both = { accessTokenExpirationTime: '600', expirationTime: '86400' };

suite('signing as the vendor’s SDK does gives its recorded signatures', () => {
  const cases = [
    ['v1 with parameters', 'A', lasting, { path: '/tickets', query: both }],
    ['v1 without parameters', 'A0', lasting, { path: '/tickets' }],
    ['v1 with temporary credentials', 'B', { ...lasting, securityToken }, { path: '/tickets', query: both }],
    ['v4 with parameters', 'D', lasting, { path: '/tickets', query: both, region: 'cn-shanghai' }],
    ['v4 without parameters', 'E', lasting, { path: '/tickets', region: 'cn-shanghai' }],
  ] as const;
  for (const [name, id, credentials, call] of cases) {
    test(name, () => {
      const recorded = recordedRequest(id);
      const signed = signSls(credentials, { ...call, host, atMs });
      assert.equal(signed.target, recorded.target);
      assert.equal(signed.headers.authorization, recorded.headers.authorization);
    });
  }

  test('a ticket in the query, in Singapore', () => {
    const recorded = recordedRequest('G');
    const query = Object.fromEntries(recorded.query);
    const signed = signSls(lasting, { path: '/token/refresh', query, host, atMs, region: 'ap-southeast-1' });
    assert.equal(signed.headers.authorization, recorded.headers.authorization);
  });
});
