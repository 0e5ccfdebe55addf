/**
 * A process dies, or stands still for longer than its lease, at each step of a refresh. Whoever comes next gets a token without
 * spending anything twice; and where a rotation is lost, which no client can prevent with a server that repeats nothing, says so.
 */

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Lock } from '@hufu/client';
import { fileLock } from '@hufu/client/locks/file';
import { lockstepClock } from '@hufu/client/testing';
import { type Point, points } from './points.ts';
import { Workshop } from './workshop.ts';

const lifetimeMs = 3_600_000;
/** The answer of the server arrived, and what it brought is not on disk yet. */
const lostAt: ReadonlySet<Point> = new Set(['after-answer', 'before-persist', 'record-prepared']);

/** A workshop whose credential is over, and a worker that dies or stops at `point` while it refreshes. */
async function broken(workshop: Workshop, point: Point, signal: 'SIGKILL' | 'SIGSTOP') {
  const first = await workshop.source().getToken({ interactive: true });
  workshop.shift({ passedMs: lifetimeMs });
  const worker = await workshop.worker({ point, signal });
  worker.ask();
  assert.deepEqual(await worker.next(), { is: 'at-point' });
  // It says so a moment before the signal reaches it.
  while (signal === 'SIGSTOP' && !/\) [Tt] /.test(await readFile(`/proc/${worker.process.pid}/stat`, 'utf8')));
  return { worker, first };
}

for (const point of points) {
  const isLost = lostAt.has(point);
  test(`killed at "${point}": the next process ${isLost ? 'says that the rotation is lost' : 'gets the next token'}`, async () => {
    await using workshop = await Workshop.open();
    const { server } = workshop;
    const { worker } = await broken(workshop, point, 'SIGKILL');
    await worker.ended();
    assert.equal(worker.process.signalCode, 'SIGKILL');
    const next = workshop.source({ interactive: true });
    if (isLost) {
      await assert.rejects(next.getToken(), { code: 'rotation_lost', reauthRequired: true });
      await assert.rejects(next.getToken(), { code: 'rotation_lost' });
      assert.deepEqual([server.rotations, server.refusals], [1, 1]);
      return;
    }
    assert.equal((await next.getToken()).token, 'access-token-1-2');
    assert.deepEqual([server.logins, server.rotations, server.refusals], [1, 1, 0]);
    assert.equal((await workshop.source().getToken()).token, 'access-token-1-2');
  });

  if (!isLost) continue;
  test(`killed at "${point}", with a server that repeats its answer: the next process gets the same token`, async () => {
    await using workshop = await Workshop.open({ isReplayable: true });
    const { server } = workshop;
    const { worker } = await broken(workshop, point, 'SIGKILL');
    await worker.ended();
    // The window of the server is counted from when the refresh began.
    const next = workshop.source({ interactive: true });
    assert.equal((await next.getToken()).token, 'access-token-1-2');
    assert.deepEqual([server.rotations, server.replays, server.refusals], [1, 1, 0]);
  });
}

/** A lock that waits in no time: its own clock moves on while it sleeps. */
function impatientLock(folder: string): Lock {
  const clock = lockstepClock(1, Date.now() + lifetimeMs + 60_000);
  const lock = fileLock({ folder, clock });
  return {
    run: (key, times, work) =>
      lock.run(key, times, (lease) => {
        // From here on the touching of the lease would sleep alone.
        clock.actors = 2;
        return work(lease);
      }),
  };
}

for (const point of ['lock-taken', 'before-intent', 'after-intent'] as const) {
  test(`stopped at "${point}" for longer than its lease: another goes on, and it adopts what that brought`, async () => {
    await using workshop = await Workshop.open();
    const { server } = workshop;
    const { worker } = await broken(workshop, point, 'SIGSTOP');
    workshop.shift({ passedMs: lifetimeMs + 60_000 });
    const { token } = await workshop.source({ lock: impatientLock(workshop.folder) }).getToken();
    assert.equal(token, 'access-token-1-2');
    worker.process.kill('SIGCONT');
    assert.deepEqual(await worker.next(), { is: 'token', token });
    assert.deepEqual([server.logins, server.rotations, server.refusals], [1, 1, 0]);
  });
}

for (const point of ['before-send', 'after-answer', 'before-persist', 'record-prepared'] as const) {
  test(`stopped at "${point}", with a server that repeats its answer: both have the same token`, async () => {
    await using workshop = await Workshop.open({ isReplayable: true });
    const { server } = workshop;
    const { worker } = await broken(workshop, point, 'SIGSTOP');
    workshop.shift({ passedMs: lifetimeMs + 40_000 });
    const { token } = await workshop.source({ lock: impatientLock(workshop.folder) }).getToken();
    worker.process.kill('SIGCONT');
    assert.deepEqual(await worker.next(), { is: 'token', token });
    assert.deepEqual([server.logins, server.rotations, server.refusals], [1, 1, 0]);
  });
}

test('a logout in one process while another refreshes is final', async () => {
  await using workshop = await Workshop.open();
  const { server } = workshop;
  await workshop.source().getToken();
  workshop.shift({ passedMs: lifetimeMs });
  const worker = await workshop.worker();
  let release = (): void => {};
  const arrived = new Promise<void>((resolve) => {
    server.beforeAnswer = () => {
      resolve();
      server.beforeAnswer = () => {};
      return new Promise<void>((answer) => {
        release = answer;
      });
    };
  });
  worker.ask();
  await arrived;
  assert.deepEqual(await workshop.source().logout(), { revoked: true });
  release();
  assert.deepEqual(await worker.next(), { is: 'error', code: 'closed' });
  assert.equal(server.revocations, 2);
  await assert.rejects(workshop.source({ interactive: true }).getToken(), { code: 'interaction_required' });
});
