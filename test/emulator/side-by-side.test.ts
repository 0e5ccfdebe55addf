/** Many emulators at once, in one process and in several. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Description, type Emulator, startEmulator } from 'hufu/testing';
import { firstLine, start } from '../harness/dev.ts';
import { exchange } from '../harness/exchange.ts';
import { signV1 } from '../harness/sign.ts';

const createTicket = async ({ url, sls }: Description, atMs = Date.now()): Promise<string> => {
  const { status, body } = await exchange(url, signV1(sls, { path: '/tickets', host: sls.endpoint, atMs }));
  return `${status} ${status === 200 ? String(JSON.parse(body).ticket) : body}`;
};

describe('emulators side by side', () => {
  it('in one process have each a port, a folder, keys, a clock, faults and data of their own', async () => {
    await using stack = new AsyncDisposableStack();
    const emulators: Emulator[] = await Promise.all(
      Array.from({ length: 6 }, async () => stack.use(await startEmulator({ clock: '2024-10-30T03:02:45Z' }))),
    );
    const distinct = (of: (emulator: Emulator) => unknown) => new Set(emulators.map(of)).size;
    assert.equal(
      distinct(({ url }) => url),
      6,
    );
    assert.equal(
      distinct(({ description }) => description.dataDir),
      6,
    );
    assert.equal(
      distinct(({ description }) => description.sls.accessKeySecret),
      6,
    );
    const [one, another] = emulators;
    assert.ok(one && another);
    one.clock.advance(60);
    one.faults.add({ path: '/tickets', when: 'before', do: 'status', status: 503 });
    assert.equal(another.clock.nowMs(), Date.UTC(2024, 9, 30, 3, 2, 45));
    const answers = await Promise.all(emulators.map(({ description }) => createTicket(description)));
    assert.deepEqual(
      answers.map((answer) => answer.slice(0, 3)),
      ['503', '200', '200', '200', '200', '200'],
    );
    await another.reset();
    assert.equal(one.requests.list().length, 1);
    assert.equal(another.requests.list().length, 0);
    await another.stop();
    assert.match(await createTicket(one.description), /^200/);
  });

  it('of one seed are the same, and know nothing of each other', async () => {
    const options = { seed: 'tally', clock: '2024-10-30T03:02:45Z' };
    await using one = await startEmulator(options);
    await using other = await startEmulator(options);
    assert.equal(one.description.sls.accessKeySecret, other.description.sls.accessKeySecret);
    assert.deepEqual(other.requests.list(), []);
    await createTicket(one.description);
    assert.deepEqual(other.requests.list(), []);
  });

  it('in several processes start at the same moment', async () => {
    await using stack = new AsyncDisposableStack();
    const started = Array.from({ length: 3 }, () => stack.use(start('dev', '--port', '0', '--json')));
    const lines = await Promise.all(started.map(firstLine));
    for (const line of lines) assert.match(await createTicket(JSON.parse(line)), /^200/);
  });
});
