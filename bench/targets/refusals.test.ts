import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countRefusals } from './refusals.ts';

const text = `# TYPE hufu_requests_total counter
hufu_requests_total{dialect="scnet",operation="renew",outcome="ok"} 1200
hufu_requests_total{dialect="scnet",operation="renew",outcome="credential_expired"} 3
hufu_requests_total{dialect="sls",operation="CreateTicket",outcome="temporarily_unavailable"} 4
hufu_request_duration_seconds_count{dialect="scnet",operation="renew"} 1203
`;

test('everything but "ok" is a refusal, in every dialect', () => {
  assert.equal(countRefusals(text), 7);
});

test('a server that was not asked has refused nobody', () => {
  assert.equal(countRefusals(''), 0);
});
