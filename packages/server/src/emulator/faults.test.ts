import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { suite, test } from 'node:test';
import type { WireAnswer } from '../dialects/dialect.ts';
import { createSlsDialect } from '../dialects/sls/index.ts';
import type { Exchange } from '../http/interceptor.ts';
import { createFaults, type Fault, faultAsk, maxFaults, TooManyFaults } from './faults.ts';

const answer: WireAnswer = { status: 200, headers: [], body: '{}' };
const drop: Fault = { do: 'drop', path: '/tickets', when: 'before', times: 1 };

/** An exchange that notes what becomes of it. */
function exchange(path = '/tickets') {
  const seen = { destroyed: false, finished: undefined as WireAnswer | undefined };
  const request = {
    method: 'POST',
    path,
    query: '',
    headers: {},
    duplicateHeader: undefined,
    body: new Uint8Array(),
    bodyLengthKnown: true,
  };
  const made: Exchange = {
    dialect: createSlsDialect(),
    request,
    context: { requestId: '6721A1D557FE01DF450E554C', nowMs: 1_730_257_365_559, request },
    // Only what a fault touches of it.
    response: {
      destroy: () => {
        seen.destroyed = true;
      },
    } as unknown as ServerResponse,
    finish: (given) => {
      seen.finished = given;
    },
  };
  return { made, seen };
}

suite('a fault', () => {
  test('meets as many requests of its path as it says, and no other path', async () => {
    const faults = createFaults();
    faults.add({ ...drop, times: 2 });
    assert.equal(await faults.before(exchange('/token/refresh').made), false);
    assert.equal(await faults.before(exchange().made), true);
    assert.deepEqual(faults.list(), [drop]);
    assert.equal(await faults.before(exchange().made), true);
    assert.equal(await faults.before(exchange().made), false);
    assert.deepEqual(faults.list(), []);
  });

  test('`before` does not touch what comes after the commit, and the other way round', async () => {
    const faults = createFaults();
    faults.add(drop);
    assert.equal(await faults.afterCommit(exchange().made, answer), false);
    faults.clear();
    faults.add({ ...drop, when: 'after-commit' });
    assert.equal(await faults.before(exchange().made), false);
    const { made, seen } = exchange();
    assert.equal(await faults.afterCommit(made, answer), true);
    assert.equal(seen.destroyed, true);
  });

  test('of one path comes after the earlier one', async () => {
    const faults = createFaults();
    faults.add(drop);
    faults.add({ do: 'status', path: '/tickets', when: 'before', status: 503, times: 1 });
    const first = exchange();
    const second = exchange();
    await faults.before(first.made);
    await faults.before(second.made);
    assert.equal(first.seen.destroyed, true);
    assert.equal(first.seen.finished, undefined);
    assert.equal(second.seen.destroyed, false);
    assert.equal(second.seen.finished?.status, 503);
  });

  test('two requests at once share no turn', async () => {
    const faults = createFaults();
    faults.add(drop);
    const over = await Promise.all([faults.before(exchange().made), faults.before(exchange().made)]);
    assert.deepEqual(over, [true, false]);
  });

  const words: ReadonlyArray<readonly [number, string]> = [
    [403, 'MetaOperationQpsLimitExceeded'],
    [429, 'MetaOperationQpsLimitExceeded'],
    [500, 'InternalServerError'],
    [502, 'InternalServerError'],
    [503, 'ServerBusy'],
  ];
  for (const [status, errorCode] of words) {
    test(`of status ${status} answers ${errorCode} in the dialect’s own shape`, async () => {
      const faults = createFaults();
      faults.add({ do: 'status', path: '/tickets', when: 'before', status, times: 1 });
      const { made, seen } = exchange();
      assert.equal(await faults.before(made), true);
      assert.equal(seen.finished?.status, status);
      assert.equal(JSON.parse(seen.finished?.body ?? '').errorCode, errorCode);
      assert.ok(seen.finished?.headers.includes('6721A1D557FE01DF450E554C'));
    });
  }

  test('that delays lets the request go on afterwards', async () => {
    const faults = createFaults();
    faults.add({ do: 'delay', path: '/tickets', when: 'before', delayMs: 1, times: 1 });
    const { made, seen } = exchange();
    assert.equal(await faults.before(made), false);
    assert.deepEqual(seen, { destroyed: false, finished: undefined });
  });

  test('that delays ends at once when it is released', async () => {
    const faults = createFaults();
    const delay: Fault = { do: 'delay', path: '/tickets', when: 'before', delayMs: 60_000, times: 2 };
    faults.add(delay);
    const waiting = faults.before(exchange().made);
    faults.release();
    assert.equal(await waiting, false);
    // A later one waits again, until it is released as well.
    const later = faults.before(exchange().made);
    faults.release();
    assert.equal(await later, false);
  });

  test('is refused when a hundred wait already', () => {
    const faults = createFaults();
    for (let count = 0; count < maxFaults; count++) faults.add(drop);
    assert.throws(() => faults.add(drop), TooManyFaults);
    faults.clear();
    faults.add(drop);
    assert.equal(faults.list().length, 1);
  });

  test('that drops closes the connection without a byte', async () => {
    const faults = createFaults();
    faults.add(drop);
    const server = createServer((_request, response) => void faults.before({ ...exchange().made, response }));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await assert.rejects(fetch(`http://127.0.0.1:${port}/tickets`, { method: 'POST' }), TypeError);
    server.close();
    await once(server, 'close');
  });
});

suite('an ordered fault', () => {
  const base = { path: '/tickets', when: 'before', times: 1 };
  const taken: ReadonlyArray<readonly [string, object]> = [
    ['a drop', { ...base, do: 'drop' }],
    ['the least status', { ...base, do: 'status', status: 400 }],
    ['the greatest status', { ...base, do: 'status', status: 599 }],
    ['no delay', { ...base, do: 'delay', delayMs: 0 }],
    ['the longest delay', { ...base, do: 'delay', delayMs: 60_000 }],
    ['the most times', { ...base, do: 'drop', times: 1_000_000 }],
    ['once, where it says nothing', { path: '/tickets', when: 'after-commit', do: 'drop' }],
  ];
  for (const [name, fault] of taken) {
    test(`takes ${name}`, () => assert.deepEqual(faultAsk.parse(fault), { times: 1, ...fault }));
  }
  const refused: ReadonlyArray<readonly [string, object]> = [
    ['a status below', { ...base, do: 'status', status: 399 }],
    ['a status above', { ...base, do: 'status', status: 600 }],
    ['a status without one', { ...base, do: 'status' }],
    ['a drop with a status', { ...base, do: 'drop', status: 500 }],
    ['a delay without milliseconds', { ...base, do: 'delay' }],
    ['a longer delay', { ...base, do: 'delay', delayMs: 60_001 }],
    ['a delay back in time', { ...base, do: 'delay', delayMs: -1 }],
    ['no times', { ...base, do: 'drop', times: 0 }],
    ['too many times', { ...base, do: 'drop', times: 1_000_001 }],
    ['half a time', { ...base, do: 'drop', times: 0.5 }],
    ['another moment', { ...base, do: 'drop', when: 'during' }],
    ['a path with a query', { ...base, do: 'drop', path: '/tickets?x' }],
    ['a relative path', { ...base, do: 'drop', path: 'tickets' }],
    ['an unknown deed', { ...base, do: 'explode' }],
    ['an unknown member', { ...base, do: 'drop', after: 1 }],
  ];
  for (const [name, fault] of refused) {
    test(`refuses ${name}`, () => assert.equal(faultAsk.safeParse(fault).success, false));
  }
});
