import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { sha256 } from '../../core/sha256.ts';
import { refusedWith } from '../../core/source.sample.ts';
import type { Lease } from '../../core/types.ts';
import { Register } from '../../files/register.ts';
import { lockSuite } from '../../testing/lock-suite.ts';
import { lockstepClock } from '../../testing/lockstep-clock.ts';
import { manualClock } from '../../testing/manual-clock.ts';
import { fileLock } from './index.ts';
import { isDead, type Owner, ownerNow, parseOwner } from './owner.ts';

const times = { waitMs: 15_000, leaseMs: 30_000 };

/** By when a clock of one actor is ahead at the beginning of the work: the sleep before the first touch. */
const firstTouchMs = times.leaseMs / 8;

const homes: string[] = [];
after(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

async function emptyFolder(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'hufu-lock-'));
  homes.push(home);
  return home;
}

const open = async () => {
  const folder = await emptyFolder();
  return { lock: fileLock({ folder }), another: fileLock({ folder }) };
};
for (const { name, run } of lockSuite(open)) test(`file: ${name}`, run);

/** A lock that another owner took at `atMs`. */
async function takenBy(folder: string, owner: Owner, atMs: number): Promise<Register> {
  const register = new Register({ folder: join(folder, `${sha256('a')}.lock`), durable: false });
  await register.put(JSON.stringify(owner), 0);
  await register.touch(1, atMs);
  return register;
}

/** The process id of one that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  assert.ok(child.pid);
  return child.pid;
}

test('a holder that died is taken over at once', async () => {
  const folder = await emptyFolder();
  await takenBy(folder, { ...ownerNow('dead'), pid: await deadPid() }, Date.now());
  assert.equal(await fileLock({ folder }).run('a', { waitMs: 0, leaseMs: 30_000 }, async () => 'taken'), 'taken');
});

test('a process id that belongs to another process by now is that of a dead holder', async () => {
  const owner = ownerNow('reborn');
  assert.equal(isDead(owner), false);
  assert.equal(isDead({ ...owner, mark: '1' }), process.platform === 'linux');
});

test('a holder whose process cannot be seen from here is not taken for dead', async () => {
  assert.equal(isDead({ ...ownerNow('elsewhere'), pid: await deadPid(), place: 'another host' }), false);
});

test('a holder that looks old is watched for a quarter of the lease before it is taken over', async () => {
  for (const ageMs of [30_001, -30_001]) {
    const folder = await emptyFolder();
    const clock = lockstepClock(1);
    await takenBy(folder, { ...ownerNow('stopped'), place: 'another host' }, clock.nowMs() - ageMs);
    const takenMs = await fileLock({ folder, clock }).run('a', times, async () => clock.monoMs());
    assert.ok(takenMs >= firstTouchMs + 7_500 && takenMs < firstTouchMs + 7_550, String(takenMs));
  }
});

test('a living holder is not robbed when the clock is set an hour forward or back', async () => {
  for (const shiftMs of [3_600_000, -3_600_000]) {
    const folder = await emptyFolder();
    // The holder touches, its work sleeps, and another waits.
    const clock = lockstepClock(3);
    let isHeld = true;
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const holder = fileLock({ folder, clock }).run('a', times, async (lease) => {
      begin();
      while (isHeld) await clock.sleep(1_000);
      lease.assert();
    });
    await begun;
    clock.shift(shiftMs);
    const waiting = fileLock({ folder, clock }).run('a', { ...times, waitMs: 29_000 }, async () => {});
    await assert.rejects(waiting, refusedWith('lock_timeout'));
    isHeld = false;
    clock.actors = 2;
    await Promise.race([holder, clock.sleep(60_000)]);
    await holder;
  }
});

test('what was seen of a silent holder is remembered between waits', async () => {
  const folder = await emptyFolder();
  const clock = lockstepClock(1);
  await takenBy(folder, { ...ownerNow('hanging'), place: 'another host' }, clock.nowMs());
  const lock = fileLock({ folder, clock });
  await assert.rejects(
    lock.run('a', times, async () => {}),
    refusedWith('lock_timeout'),
  );
  const takenMs = await lock.run('a', times, async () => clock.monoMs());
  assert.ok(takenMs >= firstTouchMs + 30_000 && takenMs < firstTouchMs + 30_100, String(takenMs));
});

test('who slept through the lease has lost it, before a touch could renew it', async () => {
  const folder = await emptyFolder();
  const clock = manualClock();
  /** The process stands still: no sleeper wakes while time goes on. */
  let skippedMs = 0;
  const stopping = { ...clock, monoMs: () => clock.monoMs() + skippedMs, nowMs: () => clock.nowMs() + skippedMs };
  let seen: Lease | undefined;
  await fileLock({ folder, clock: stopping }).run('a', times, async (lease) => {
    seen = lease;
    lease.assert();
    skippedMs = 29_999;
    lease.assert();
    skippedMs = 30_000;
    assert.throws(() => lease.assert(), refusedWith('lock_timeout'));
  });
  assert.equal(seen?.lost.aborted, true);
});

test('a holder that was taken over hears of it, and its end does not free the lock of the next', async () => {
  const folder = await emptyFolder();
  const clock = lockstepClock(2);
  const register = new Register({ folder: join(folder, `${sha256('a')}.lock`), durable: false });
  await fileLock({ folder, clock }).run('a', times, async (lease) => {
    assert.equal(await register.put(JSON.stringify(ownerNow('next')), 1), 'ok');
    const lost = new Promise<void>((resolve) => lease.lost.addEventListener('abort', () => resolve()));
    await Promise.race([lost, clock.sleep(60_000)]);
    assert.throws(() => lease.assert(), refusedWith('lock_timeout'));
  });
  assert.equal(parseOwner((await register.read())?.text ?? '')?.id, 'next');
});

test('half a file, as a crash of the machine leaves it, is a lock that nobody holds', async () => {
  const folder = await emptyFolder();
  const register = await takenBy(folder, ownerNow('x'), Date.now());
  await writeFile(join(register.folder, '1'), '{"id":"x","pi');
  assert.equal(await fileLock({ folder }).run('a', { waitMs: 0, leaseMs: 30_000 }, async () => 'taken'), 'taken');
});

test('a lock leaves one small private file behind, however often it was held', async () => {
  const folder = await emptyFolder();
  const lock = fileLock({ folder });
  for (let run = 0; run < 5; run += 1) await lock.run('a', times, async () => {});
  const [name = ''] = await readdir(folder);
  const files = await readdir(join(folder, name));
  assert.equal(files.length, 1);
  assert.equal((await stat(join(folder, name))).mode & 0o777, 0o700);
});

test('a folder that cannot be written is an error before the work begins', async () => {
  const file = join(await emptyFolder(), 'file');
  await writeFile(file, '');
  let isBegun = false;
  const run = fileLock({ folder: file }).run('a', times, async () => {
    isBegun = true;
  });
  await assert.rejects(run, { code: 'store_read', retryable: false });
  assert.equal(isBegun, false);
});
