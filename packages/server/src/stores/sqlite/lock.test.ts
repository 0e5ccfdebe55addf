import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { verifyBlocks } from '../../core/auditchain.ts';
import { eventAt, everyEvent, startMs } from '../suite/samples.ts';
import { type FreshFolder, freshFolder } from './fresh.sample.ts';
import { lockFolder, StoreLocked } from './lock.ts';
import { openSqliteStore } from './open.ts';

async function inFolder(body: (folder: FreshFolder) => Promise<void>): Promise<void> {
  const folder = freshFolder();
  try {
    await body(folder);
  } finally {
    folder.remove();
  }
}

/** Starts the program and waits until it has told of `lines` grants. */
async function startHolder(path: string, lines: number): Promise<{ holder: ChildProcess; told: string[] }> {
  const holder = spawn(process.execPath, [fileURLToPath(new URL('./holder.sample.ts', import.meta.url)), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const told: string[] = [];
  const reader = createInterface({ input: holder.stdout });
  await new Promise<void>((resolve, reject) => {
    reader.on('line', (line) => {
      told.push(line);
      if (told.length === lines) resolve();
    });
    holder.once('exit', () => reject(new Error('the program ended early')));
  });
  return { holder, told };
}

async function kill(holder: ChildProcess): Promise<void> {
  const gone = once(holder, 'close');
  holder.kill('SIGKILL');
  await gone;
}

describe('the lock of a data folder', () => {
  it('refuses a second store in the same process, in words that name the folder, and leaves the first alone', () =>
    inFolder(async ({ path }) => {
      const store = await openSqliteStore({ path });
      await assert.rejects(
        openSqliteStore({ path }),
        (error) => error instanceof StoreLocked && error.message.includes(path),
      );
      await store.appendAudit(eventAt(startMs));
      assert.equal((await everyEvent(store)).length, 1);
      await assert.rejects(openSqliteStore({ path }), StoreLocked);
      await store.close();
    }));

  it('is let go when the store is closed, and when it could not be opened', () =>
    inFolder(async ({ path }) => {
      await (await openSqliteStore({ path })).close();
      const lock = lockFolder(path);
      await assert.rejects(openSqliteStore({ path }), StoreLocked);
      lock.release();
      await (await openSqliteStore({ path })).close();
    }));

  it('refuses another process, which takes over once the first is killed and finds all that was answered', () =>
    inFolder(async ({ path }) => {
      for (const round of [1, 2, 3]) {
        const { holder, told } = await startHolder(path, 50 * round);
        await assert.rejects(openSqliteStore({ path }), StoreLocked);
        await kill(holder);
        const store = await openSqliteStore({ path });
        for (const id of told) assert.equal((await store.findGrant(id))?.id, id);
        const [anchor] = await store.auditChains();
        assert.ok(anchor);
        const blocks = await store.auditBlocks('main', anchor.number, 100_000);
        assert.ok(verifyBlocks(anchor, blocks, (text) => hash('sha256', text)).ok);
        await store.close();
      }
    }));
});
