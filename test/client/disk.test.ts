/** What happens to a credential when the disk is full or cannot be written, with the real store and the real lock. */

import assert from 'node:assert/strict';
import * as files from 'node:fs/promises';
import { test } from 'node:test';
import { createTokenSource, systemClock, type TokenEvent, type TokenSource } from '@hufu/client';
import { fileLock } from '@hufu/client/locks/file';
import { fileStore } from '@hufu/client/stores/file';
import { rotating } from './rotating-provider.ts';
import { Workshop } from './workshop.ts';

const lifetimeMs = 3_600_000;

/** A file system that makes no new file while `code` is set. */
class Disk {
  code: 'ENOSPC' | 'EROFS' | undefined;
  readonly port = {
    ...files,
    open: ((path, flags, mode) =>
      this.code && flags === 'wx'
        ? Promise.reject(Object.assign(new Error(`${this.code}: of the test`), { code: this.code }))
        : files.open(path, flags, mode)) as typeof files.open,
  };
}

interface Setting {
  readonly source: TokenSource;
  readonly disk: Disk;
  readonly events: TokenEvent[];
}

/** A token source whose waits between writes are over at once, on a disk that can fail. */
function failing(workshop: Workshop, onPersistFailure: 'serve' | 'throw'): Setting {
  const disk = new Disk();
  const events: TokenEvent[] = [];
  const { folder, clock } = workshop;
  const source = createTokenSource({
    provider: rotating({ url: workshop.server.url }),
    store: fileStore({ folder, files: disk.port }),
    lock: fileLock({ folder, files: disk.port, clock }),
    clock,
    policy: { onPersistFailure },
    onEvent: (event) => events.push(event),
  });
  return { source, disk, events };
}

for (const code of ['ENOSPC', 'EROFS'] as const) {
  test(`${code}: a command fails before anything is spent, and works again when the disk does`, async () => {
    await using workshop = await Workshop.open();
    const { server } = workshop;
    const { source, disk } = failing(workshop, 'throw');
    await source.getToken();
    workshop.shift({ passedMs: lifetimeMs });
    disk.code = code;
    await assert.rejects(source.getToken(), { code: 'store_write' });
    assert.deepEqual([server.rotations, server.refusals], [0, 0]);
    disk.code = undefined;
    assert.equal((await source.getToken()).token, 'access-token-1-2');
  });

  test(`${code}: a server goes on from memory, and what it has is on disk as soon as that works`, async () => {
    await using workshop = await Workshop.open();
    const { server } = workshop;
    const { source, disk, events } = failing(workshop, 'serve');
    await source.getToken();
    disk.code = code;
    for (const round of [1, 2]) {
      workshop.shift({ passedMs: round * lifetimeMs });
      const token = await source.getToken();
      assert.deepEqual([token.token, token.persisted], [`access-token-1-${round + 1}`, false]);
    }
    assert.ok(events.some(({ type }) => type === 'persist.fail'));
    disk.code = undefined;
    workshop.shift({ passedMs: 3 * lifetimeMs });
    const token = await source.getToken();
    assert.deepEqual([token.token, token.persisted], ['access-token-1-4', true]);
    assert.equal((await workshop.source().getToken()).token, token.token);
    assert.deepEqual([server.logins, server.rotations, server.refusals], [1, 3, 0]);
    await source.close();
  });
}

test('a disk that fills up while the answer is on its way costs nobody the credential', async () => {
  await using workshop = await Workshop.open();
  const { server } = workshop;
  const { source, disk } = failing(workshop, 'serve');
  await source.getToken();
  workshop.shift({ passedMs: lifetimeMs });
  server.beforeAnswer = () => {
    disk.code = 'ENOSPC';
  };
  const token = await source.getToken();
  assert.deepEqual([token.token, token.persisted], ['access-token-1-2', false]);
  // Somebody else would find the refresh token that is spent: the lock is still held.
  const other = workshop.source({
    lock: fileLock({ folder: workshop.folder, clock: { ...systemClock(), monoMs: hurried() } }),
  });
  await assert.rejects(other.getToken(), { code: 'lock_timeout' });
  disk.code = undefined;
  await source.close();
  assert.deepEqual([server.rotations, server.refusals], [1, 0]);
});

/** Each look at the clock is a second later, so that a wait of fifteen is over after some looks. */
function hurried(): () => number {
  let ms = 0;
  return () => {
    ms += 1_000;
    return ms;
  };
}
