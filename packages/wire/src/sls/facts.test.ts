import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  accessTokenLifetimeSeconds,
  bodyLimitBytes,
  clockSkewSeconds,
  issuingRegions,
  operations,
  regionOfHost,
  ticketLifetimeSeconds,
  ticketResource,
} from './facts.ts';
import golden from './golden/hosts.json' with { type: 'json' };
import { recordedRequests } from './golden/recorded.ts';

suite('facts of SLS', () => {
  test('durations are a day by default, tickets at most 30 days, access tokens at most one', () => {
    assert.deepEqual(ticketLifetimeSeconds, { minimum: 0, default: 86_400, maximum: 2_592_000 });
    assert.deepEqual(accessTokenLifetimeSeconds, { minimum: 0, default: 86_400, maximum: 86_400 });
  });

  test('the clock may be 15 minutes off, a body 10 MiB long', () => {
    assert.equal(clockSkewSeconds, 900);
    assert.equal(bodyLimitBytes, 10_485_760);
  });

  test('tickets are made in Shanghai and Singapore', () => {
    assert.deepEqual(issuingRegions, ['cn-shanghai', 'ap-southeast-1']);
  });

  test('the resource of both actions is the tickets of one account in one region', () => {
    assert.equal(ticketResource('cn-shanghai', '1234567890'), 'acs:log:cn-shanghai:1234567890:ticket/*');
    assert.equal(ticketResource('*', '*'), 'acs:log:*:*:ticket/*');
  });

  test('every recorded request is one of the two operations and uses its parameters only', () => {
    const known = Object.values(operations);
    for (const { id, method, path, query } of recordedRequests) {
      const operation = known.find((candidate) => candidate.path === path);
      assert.equal(operation?.method, method, id);
      const names: readonly string[] = operation?.parameters ?? [];
      assert.deepEqual(
        query.map(([name]) => name).filter((name) => !names.includes(name)),
        [],
        id,
      );
    }
  });

  test('parameters of an operation stand in order of their names', () => {
    for (const { parameters } of Object.values(operations)) assert.deepEqual([...parameters].sort(), parameters);
  });
});

suite('the region that a host names', () => {
  for (const { host, names, region } of golden.hosts) {
    test(`${host || 'an empty host'}: ${region ?? names}`, () => {
      const expected = names === 'region' ? region : names === 'project' ? null : undefined;
      assert.equal(regionOfHost(host), expected);
    });
  }
});
