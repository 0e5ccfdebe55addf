import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createFaultOrders, type FaultAsk, FaultRefused, faultAsk, maxFaults, TooManyFaults } from './faults.ts';

const served = [
  { method: 'POST', path: '/tickets' },
  { method: 'POST', path: '/token/refresh' },
  { method: 'GET', path: '/login' },
  { method: 'POST', path: '/login' },
  { method: 'GET', path: '/admin/v1/tenants/:id' },
];
const orders = () => createFaultOrders(() => served);
const drop = { do: 'drop', path: '/tickets', when: 'before' } as const satisfies FaultAsk;
const ticket = { method: 'POST', path: '/tickets' };

suite('a fault', () => {
  test('meets as many requests of its path as it says, and no other path', () => {
    const faults = orders();
    faults.add({ ...drop, times: 2 });
    assert.equal(faults.take({ method: 'POST', path: '/token/refresh' }, 'before'), undefined);
    assert.equal(faults.take(ticket, 'before')?.times, 2);
    assert.deepEqual(faults.list(), [{ ...drop, times: 1 }]);
    assert.equal(faults.take(ticket, 'before')?.do, 'drop');
    assert.equal(faults.take(ticket, 'before'), undefined);
    assert.deepEqual(faults.list(), []);
  });

  test('meets one request, where it says nothing', () => {
    const faults = orders();
    faults.add(drop);
    assert.deepEqual(faults.list(), [{ ...drop, times: 1 }]);
  });

  test('`before` does not touch what comes after the commit, and the other way round', () => {
    const faults = orders();
    faults.add(drop);
    assert.equal(faults.take(ticket, 'after-commit'), undefined);
    faults.clear();
    faults.add({ ...drop, when: 'after-commit' });
    assert.equal(faults.take(ticket, 'before'), undefined);
    assert.equal(faults.take(ticket, 'after-commit')?.do, 'drop');
  });

  test('of one path comes after the earlier one', () => {
    const faults = orders();
    faults.add(drop);
    faults.add({ do: 'status', path: '/tickets', when: 'before', status: 503 });
    assert.equal(faults.take(ticket, 'before')?.do, 'drop');
    assert.equal(faults.take(ticket, 'before')?.do, 'status');
  });

  test('of a method meets no other one', () => {
    const faults = orders();
    faults.add({ ...drop, path: '/login', method: 'POST' });
    assert.equal(faults.take({ method: 'GET', path: '/login' }, 'before'), undefined);
    assert.equal(faults.take({ method: 'POST', path: '/login' }, 'before')?.do, 'drop');
  });

  test('with a star at its end meets every path that begins so', () => {
    const faults = orders();
    faults.add({ ...drop, path: '/t*', times: 3 });
    assert.equal(faults.take({ method: 'POST', path: '/login' }, 'before'), undefined);
    assert.equal(faults.take(ticket, 'before')?.do, 'drop');
    assert.equal(faults.take({ method: 'POST', path: '/token/refresh' }, 'before')?.do, 'drop');
    assert.equal(faults.take({ method: 'POST', path: '/t' }, 'before')?.do, 'drop');
  });

  test('is refused when a hundred wait already', () => {
    const faults = orders();
    for (let count = 0; count < maxFaults; count++) faults.add(drop);
    assert.throws(() => faults.add(drop), TooManyFaults);
    faults.clear();
    faults.add(drop);
    assert.equal(faults.list().length, 1);
  });

  test('is refused where nothing is served, with a list of what is', () => {
    const faults = orders();
    const lost: readonly FaultAsk[] = [
      { ...drop, path: '/ticket' },
      { ...drop, path: '/tickets', method: 'GET' },
      { ...drop, path: '/x*' },
    ];
    for (const fault of lost) {
      assert.throws(
        () => faults.add(fault),
        (error) =>
          error instanceof FaultRefused && /allowed: \/tickets, \/token\/refresh, \/login, and/.test(error.message),
      );
    }
    assert.deepEqual(faults.list(), []);
  });

  test('is refused with the place of what is wrong with it', () => {
    const untyped: FaultAsk = JSON.parse('{"path":"/tickets","when":"before","do":"status","status":200}');
    assert.throws(() => orders().add(untyped), /^FaultRefused: status: /);
  });

  test('that delays settles in time, or at once when it is released', async () => {
    const faults = orders();
    await faults.delay(1);
    const waiting = faults.delay(60_000);
    faults.release();
    await waiting;
    // A later one waits again, until it is released as well.
    const later = faults.delay(60_000);
    faults.release();
    await later;
  });
});

suite('an ordered fault', () => {
  const base = { path: '/tickets', when: 'before', times: 1 };
  const taken: ReadonlyArray<readonly [string, object]> = [
    ['a drop', { ...base, do: 'drop' }],
    ['the least status', { ...base, do: 'status', status: 400 }],
    ['the greatest status', { ...base, do: 'status', status: 599 }],
    ['a status to retry at once', { ...base, do: 'status', status: 429, retryAfterSeconds: 0 }],
    ['a status to retry in a day', { ...base, do: 'status', status: 429, retryAfterSeconds: 86_400 }],
    ['no delay', { ...base, do: 'delay', delayMs: 0 }],
    ['the longest delay', { ...base, do: 'delay', delayMs: 60_000 }],
    ['an answer cut short', { ...base, do: 'truncated', when: 'after-commit' }],
    ['the most times', { ...base, do: 'drop', times: 1_000_000 }],
    ['once, where it says nothing', { path: '/tickets', when: 'after-commit', do: 'drop' }],
    ['any rest of a path', { ...base, path: '/*', do: 'drop' }],
    ['a method', { ...base, method: 'DELETE', do: 'drop' }],
  ];
  for (const [name, fault] of taken) {
    test(`takes ${name}`, () => assert.deepEqual(faultAsk.parse(fault), { times: 1, ...fault }));
  }
  const refused: ReadonlyArray<readonly [string, object]> = [
    ['a status below', { ...base, do: 'status', status: 399 }],
    ['a status above', { ...base, do: 'status', status: 600 }],
    ['a status without one', { ...base, do: 'status' }],
    ['a retry back in time', { ...base, do: 'status', status: 429, retryAfterSeconds: -1 }],
    ['a retry after a day', { ...base, do: 'status', status: 429, retryAfterSeconds: 86_401 }],
    ['a drop with a status', { ...base, do: 'drop', status: 500 }],
    ['a delay without milliseconds', { ...base, do: 'delay' }],
    ['a longer delay', { ...base, do: 'delay', delayMs: 60_001 }],
    ['a delay back in time', { ...base, do: 'delay', delayMs: -1 }],
    ['half an answer before there is one', { ...base, do: 'truncated' }],
    ['no times', { ...base, do: 'drop', times: 0 }],
    ['too many times', { ...base, do: 'drop', times: 1_000_001 }],
    ['half a time', { ...base, do: 'drop', times: 0.5 }],
    ['another moment', { ...base, do: 'drop', when: 'during' }],
    ['a path with a query', { ...base, do: 'drop', path: '/tickets?x' }],
    ['a star in the middle', { ...base, do: 'drop', path: '/*/refresh' }],
    ['a relative path', { ...base, do: 'drop', path: 'tickets' }],
    ['an unknown method', { ...base, do: 'drop', method: 'BREW' }],
    ['an unknown deed', { ...base, do: 'explode' }],
    ['an unknown member', { ...base, do: 'drop', after: 1 }],
  ];
  for (const [name, fault] of refused) {
    test(`refuses ${name}`, () => assert.equal(faultAsk.safeParse(fault).success, false));
  }
});
