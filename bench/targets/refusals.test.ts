import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMetrics } from '../../packages/server/src/http/metrics.ts';
import { countRefusals } from './refusals.ts';

test('everything that a server counts beside "ok" is a refusal, in every dialect', async () => {
  const metrics = createMetrics('1.0.0');
  for (const [dialect, operation, outcome, times] of [
    ['scnet', 'renew', 'ok', 12],
    ['scnet', 'renew', 'credential_expired', 3],
    ['sls', 'CreateTicket', 'temporarily_unavailable', 4],
  ] as const) {
    for (let time = 0; time < times; time++) metrics.observe(dialect, operation, outcome, 0.001);
  }
  assert.equal(countRefusals((await metrics.render()).text), 7);
});

test('a server that was not asked has refused nobody', async () => {
  assert.equal(countRefusals((await createMetrics('1.0.0').render()).text), 0);
});
