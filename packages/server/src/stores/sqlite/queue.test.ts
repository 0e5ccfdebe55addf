import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { describe, it } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { AlreadyExists, OwnerMissing, StoreUnavailable } from '../../service/ports.ts';
import type { BatchResult, Operation, ToWriter } from './operations.ts';
import { type QueueOptions, WriteQueue, type WriterThread } from './queue.ts';

/** A writer that answers when it is told to. */
class FakeThread extends EventEmitter implements WriterThread {
  readonly sent: ToWriter[] = [];
  #answered = 0;

  postMessage(message: ToWriter): void {
    this.sent.push(message);
    if (message === 'close') this.emit('exit');
  }

  get sizes(): number[] {
    return this.sent.filter((message) => message !== 'close').map((batch) => batch.length);
  }

  /** Answers the oldest batch that has no answer: each operation with its own instant. */
  answer(result?: BatchResult): void {
    const batch = this.sent[this.#answered++];
    assert.ok(batch !== undefined && batch !== 'close');
    this.emit('message', result ?? { results: batch.map((operation) => operation[1]) });
  }
}

const purge = (at: number): Operation & readonly ['purgeKeys', number] => ['purgeKeys', at];

function fresh(options: Partial<QueueOptions> = {}) {
  const thread = new FakeThread();
  const defaults = { batchOperations: 512, batchesInFlight: 1, maxPending: 10_000 };
  return { thread, queue: new WriteQueue(thread, { ...defaults, ...options }) };
}

describe('the queue', () => {
  it('sends what came in one turn of the event loop together, in its order', async () => {
    const { thread, queue } = fresh();
    const answers = [1, 2, 3].map((at) => queue.submit(purge(at)));
    assert.equal(thread.sent.length, 0);
    await turn();
    assert.deepEqual(thread.sent, [[purge(1), purge(2), purge(3)]]);
    thread.answer();
    assert.deepEqual(await Promise.all(answers), [1, 2, 3]);
  });

  it('gathers while a batch is on its way, and sends the rest as soon as it is answered', async () => {
    const { thread, queue } = fresh();
    const first = queue.submit(purge(1));
    await turn();
    const later = [2, 3, 4].map((at) => queue.submit(purge(at)));
    await turn();
    assert.deepEqual(thread.sizes, [1]);
    thread.answer();
    assert.deepEqual(thread.sizes, [1, 3]);
    assert.equal(await first, 1);
    thread.answer();
    assert.deepEqual(await Promise.all(later), [2, 3, 4]);
    assert.deepEqual(thread.sizes, [1, 3]);
  });

  it('has as many batches on their way as it may, and answers them in their order', async () => {
    const { thread, queue } = fresh({ batchesInFlight: 2 });
    const answers: Promise<number>[] = [];
    for (const at of [1, 2, 3, 4]) {
      answers.push(queue.submit(purge(at)));
      await turn();
    }
    assert.deepEqual(thread.sizes, [1, 1]);
    assert.equal(queue.pending, 4);
    thread.answer({ results: [10] });
    assert.deepEqual(thread.sizes, [1, 1, 2]);
    assert.equal(queue.pending, 3);
    thread.answer({ unavailable: 'database or disk is full' });
    thread.answer({ results: [30, 40] });
    const settled = await Promise.allSettled(answers);
    assert.deepEqual(
      settled.map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.constructor)),
      [10, StoreUnavailable, 30, 40],
    );
    assert.equal(queue.pending, 0);
  });

  for (const [submitted, sizes] of [
    [3, [3]],
    [4, [4]],
    [5, [4, 1]],
    [9, [4, 4, 1]],
  ] as const) {
    it(`sends ${submitted} operations as ${sizes.join(' and ')} where a batch holds four`, async () => {
      const { thread, queue } = fresh({ batchOperations: 4 });
      const answers = Array.from({ length: submitted }, (_, at) => queue.submit(purge(at)));
      await turn();
      for (const _ of sizes) thread.answer();
      assert.deepEqual(
        await Promise.all(answers),
        Array.from({ length: submitted }, (_, at) => at),
      );
      assert.deepEqual(thread.sizes, sizes);
    });
  }

  it('counts as pending what waits and what is on its way', async () => {
    const { thread, queue } = fresh({ batchOperations: 2 });
    const answers = [1, 2, 3].map((at) => queue.submit(purge(at)));
    assert.equal(queue.pending, 3);
    await turn();
    assert.equal(queue.pending, 3);
    thread.answer();
    assert.equal(queue.pending, 1);
    thread.answer();
    assert.equal(queue.pending, 0);
    await Promise.all(answers);
  });

  it('refuses at once what is beyond its bound, and takes again when there is room', async () => {
    const { thread, queue } = fresh({ maxPending: 2 });
    const taken = [queue.submit(purge(1)), queue.submit(purge(2))];
    await assert.rejects(queue.submit(purge(3)), StoreUnavailable);
    await turn();
    await assert.rejects(queue.submit(purge(4)), StoreUnavailable);
    thread.answer();
    await Promise.all(taken);
    const again = queue.submit(purge(5));
    await turn();
    thread.answer();
    assert.equal(await again, 5);
  });

  it('gives each operation its own result', async () => {
    const { thread, queue } = fresh();
    const answers = Promise.allSettled([1, 2, 3, 4].map((at) => queue.submit(purge(at))));
    await turn();
    thread.answer({ results: [['exists', 'it is there'], 2, ['owner_missing', 'nobody'], ['unexpected', 'oh']] });
    assert.deepEqual(
      (await answers).map((answer) => (answer.status === 'fulfilled' ? answer.value : answer.reason.constructor)),
      [AlreadyExists, 2, OwnerMissing, Error],
    );
  });

  it('leaves StoreUnavailable to every operation of a batch that was rolled back, and none to the next', async () => {
    const { thread, queue } = fresh();
    const lost = Promise.allSettled([1, 2].map((at) => queue.submit(purge(at))));
    await turn();
    const next = queue.submit(purge(3));
    thread.answer({ unavailable: 'database or disk is full' });
    for (const answer of await lost) {
      assert.ok(answer.status === 'rejected' && answer.reason instanceof StoreUnavailable);
    }
    thread.answer();
    assert.equal(await next, 3);
  });

  for (const [death, die] of [
    ['ends', (thread: FakeThread) => thread.emit('exit')],
    ['fails', (thread: FakeThread) => thread.emit('error', new Error('out of memory')) && thread.emit('exit')],
  ] as const) {
    it(`leaves StoreUnavailable to everything pending and later when its thread ${death}`, async () => {
      const { thread, queue } = fresh({ batchOperations: 2, batchesInFlight: 2 });
      const lost = Promise.allSettled([1, 2, 3, 4, 5].map((at) => queue.submit(purge(at))));
      await turn();
      assert.equal(queue.refusal, undefined);
      die(thread);
      for (const answer of await lost) {
        assert.ok(answer.status === 'rejected' && answer.reason instanceof StoreUnavailable);
      }
      await assert.rejects(queue.submit(purge(4)), StoreUnavailable);
      assert.match(queue.refusal ?? '', /gone/);
      assert.equal(queue.pending, 0);
      await queue.close();
      assert.deepEqual(thread.sizes, [2, 2]);
    });
  }

  it('finishes every batch before it closes its thread', async () => {
    const { thread, queue } = fresh({ batchOperations: 2 });
    const answers = [1, 2, 3].map((at) => queue.submit(purge(at)));
    const closed = queue.close();
    await assert.rejects(queue.submit(purge(4)), StoreUnavailable);
    await turn();
    thread.answer();
    assert.equal(thread.sent.includes('close'), false);
    thread.answer();
    assert.deepEqual(await Promise.all(answers), [1, 2, 3]);
    await closed;
    assert.equal(thread.sent.at(-1), 'close');
  });

  it('closes when its thread dies meanwhile', async () => {
    const { thread, queue } = fresh();
    const lost = assert.rejects(queue.submit(purge(1)), StoreUnavailable);
    const closed = queue.close();
    await turn();
    thread.emit('exit');
    await lost;
    await closed;
  });
});
