import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  bases,
  headerNames,
  loginLifetimeSeconds,
  operations,
  platformRegion,
  renewalWindowSeconds,
  timestampWindowSeconds,
  tokenIsInvalid,
  tokenIsValid,
  tokenLifetimeSeconds,
} from './facts.ts';
import { requests } from './forms.ts';
import golden from './golden/answers.json' with { type: 'json' };
import { recordedRequests } from './golden/recorded.ts';

suite('facts of SCNet', () => {
  test('every recorded request goes to the path of its operation by its method, with nothing in the query', () => {
    for (const { id, operation, method, path } of recordedRequests) {
      assert.deepEqual([method, path], [operations[operation].method, operations[operation].path], id);
    }
  });

  test('every path is served by one method', () => {
    const paths = Object.values(operations).map(({ path }) => path);
    assert.equal(new Set(paths).size, paths.length);
  });

  test('every request that is built goes to the base of its operation; the AK/SK login alone to the second', () => {
    const { method, base, path } = requests.renew('t');
    assert.deepEqual({ method, base, path, first: 'msg' }, operations.renew);
    const second = Object.entries(operations).filter(([, operation]) => operation.base === 'api');
    assert.deepEqual(second, [['accessKeyLogin', operations.accessKeyLogin]]);
    for (const url of Object.values(bases)) assert.equal(new URL(url).origin, url);
  });

  test('no value of a recorded request stands in an unknown header', () => {
    const known: readonly string[] = Object.values(headerNames);
    for (const { id, values } of recordedRequests) {
      for (const name of Object.keys(values)) assert.ok(known.includes(name), `${id}: ${name}`);
    }
  });

  test('no recorded request says anything in Authorization', () => {
    for (const { id, headers } of recordedRequests) assert.equal(headers.authorization, undefined, id);
  });

  test('a token can be renewed for 24 hours after it expired', () => assert.equal(renewalWindowSeconds, 86_400));

  test('where nothing is documented: tokens live a day, logins 30 days, timestamps may be 5 minutes off', () => {
    assert.deepEqual([tokenLifetimeSeconds, loginLifetimeSeconds, timestampWindowSeconds], [86_400, 2_592_000, 300]);
  });

  test('the words of a check are those of the samples', () => {
    const state = golden.documented.find(({ operation }) => operation === 'state');
    assert.equal(JSON.parse(state?.body ?? '').data, tokenIsValid);
    assert.equal(golden.refused[0]?.envelope.data, tokenIsInvalid);
  });

  test('the row of the platform is that of the samples', () => {
    const { clusterName, clusterId } = JSON.parse(golden.documented[0]?.body ?? '').data.at(-1);
    assert.deepEqual({ clusterId, clusterName }, platformRegion);
  });
});
