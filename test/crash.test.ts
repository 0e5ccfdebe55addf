/** `kill -9` at any moment loses no ticket that was answered, and leaves an audit chain that holds. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { exchange } from './harness/exchange.ts';
import { admin, type Installation, install, provision, type Served, serve } from './harness/serve.ts';
import { type Keys, signV1 } from './harness/sign.ts';

const rounds = 12;
const callers = 16;

describe('a server that is killed under load', () => {
  let installation: Installation;
  let keys: Keys;
  before(async () => {
    installation = await install();
    await using first = await serve(installation);
    keys = await provision(installation, first.url);
    await first.stop('SIGTERM');
  });
  after(() => installation[Symbol.asyncDispose]());

  const create = (server: Served) =>
    exchange(server.url, signV1(keys, { path: '/tickets', host: server.host, atMs: Date.now() }));
  const refresh = (server: Served, ticket: string) =>
    exchange(
      server.url,
      signV1(keys, { path: '/token/refresh', query: { ticket }, host: server.host, atMs: Date.now() }),
    );

  /** Calls without pause until the server is gone; kills it when `killAfter` answers have come. */
  async function load(server: Served, killAfter: number): Promise<string[]> {
    const answered: string[] = [];
    const caller = async (): Promise<void> => {
      for (;;) {
        const answer = await create(server).catch(() => undefined);
        if (answer?.status !== 200) return;
        answered.push((JSON.parse(answer.body) as { ticket: string }).ticket);
        if (answered.length === killAfter) server.process.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return answered;
  }

  it(`answers for every ticket of ${rounds} lives`, async () => {
    const answered: string[] = [];
    for (let round = 0; round < rounds; round++) {
      await using server = await serve(installation);
      // Another moment in every round: somewhere inside another batch of another size.
      answered.push(...(await load(server, 5 + round * 17)));
      assert.equal(await server.stop('SIGKILL'), 'SIGKILL');
    }
    assert.ok(answered.length > rounds * 5);

    await using server = await serve(installation);
    for (const ticket of answered) assert.equal((await refresh(server, ticket)).status, 200);
    const verified = await admin(installation, server.url, 'POST', '/audit/verify', {});
    assert.equal(verified.ok, true);
    assert.equal(await server.stop('SIGTERM'), 0);
  });
});

describe('a server that is told to stop', () => {
  it('finishes what it took, and exits with 0', async () => {
    await using installation = await install();
    await using server = await serve(installation);
    const keys = await provision(installation, server.url);
    const calls = Array.from({ length: 64 }, () =>
      exchange(server.url, signV1(keys, { path: '/tickets', host: server.host, atMs: Date.now() })),
    );
    const first = await Promise.race(calls);
    assert.equal(first.status, 200);
    const exit = server.stop('SIGTERM');
    const outcomes = await Promise.allSettled(calls);
    // A call either got its whole answer or was never taken: a connection that came too late.
    for (const outcome of outcomes) {
      if (outcome.status === 'fulfilled') assert.equal(outcome.value.status, 200);
      else assert.match(String((outcome.reason as NodeJS.ErrnoException).code), /^(?:ECONNREFUSED|ECONNRESET)$/);
    }
    assert.equal(await exit, 0);

    const tickets = outcomes.flatMap((outcome) =>
      outcome.status === 'fulfilled' ? [(JSON.parse(outcome.value.body) as { ticket: string }).ticket] : [],
    );
    await using again = await serve(installation);
    for (const ticket of tickets) {
      const sketch = { path: '/token/refresh', query: { ticket }, host: again.host, atMs: Date.now() };
      assert.equal((await exchange(again.url, signV1(keys, sketch))).status, 200);
    }
    await again.stop('SIGTERM');
  });
});
