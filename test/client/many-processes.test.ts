/** The commonest complaint about token clients: many processes, and one refresh token that works once. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Workshop } from './workshop.ts';

const processes = 40;
/** More, for whoever wants to see it run for longer. */
const rounds = Number(process.env.HUFU_ROTATIONS ?? 40);

test(`${processes} processes share one rotating credential: one refresh for each expiry, and no refusal`, async () => {
  await using workshop = await Workshop.open();
  const { server } = workshop;
  const workers = await Promise.all(Array.from({ length: processes }, () => workshop.worker()));
  for (let round = 0; round < rounds; round += 1) {
    workshop.shift({ passedMs: round * server.lifetimeSeconds * 1000 });
    const tokens = await Promise.all(workers.map((worker) => worker.token()));
    assert.equal(new Set(tokens).size, 1);
    assert.deepEqual([server.logins, server.rotations, server.refusals], [1, round, 0]);
  }
  assert.deepEqual(workers.map(({ errors }) => errors).join(''), '');
});

test('a clock that is set an hour forward or back costs all processes together one refresh at most', async () => {
  await using workshop = await Workshop.open({ lifetimeSeconds: 1_800 });
  const { server } = workshop;
  const workers = await Promise.all(Array.from({ length: 6 }, () => workshop.worker()));
  const hour = 3_600_000;
  for (const [turn, wallMs] of [0, hour, 0, -hour, 0].entries()) {
    workshop.shift({ wallMs });
    const tokens = await Promise.all(workers.map((worker) => worker.token()));
    assert.ok(tokens.every((token) => token !== ''));
    assert.ok(server.rotations <= turn, `${server.rotations} rotations after ${turn} changes`);
    assert.equal(server.refusals, 0);
  }
});
