import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import type { Algorithm } from '../core/token.ts';
import { seededRandom } from '../emulator/seeded-random.ts';
import { StoreUnavailable } from '../service/ports.ts';
import { systemRandom } from './random.ts';
import { type SampleKeyStore, sampleClock, sampleKeyStore, sampleSealing, sampleUse } from './ring.sample.ts';
import { openKeyRing } from './ring.ts';
import type { KeyUse } from './rotation.ts';

const startMs = 1_730_257_365_559;
const hourMs = 3_600_000;
const dayMs = 86_400_000;
const requestId = 'r1';
const sealing = sampleSealing();
const token = { header: { typ: 'JWT' }, payload: '{"a":1}' };
const formatOf = (algorithm: Algorithm) => ({ keyUse: 'sample', algorithm });
const hs = formatOf('HS256');
const es = formatOf('ES256');

async function setUp(uses: readonly KeyUse[], store: SampleKeyStore = sampleKeyStore(), nowMs = startMs) {
  const clock = sampleClock(nowMs);
  const ring = await openKeyRing({ store, sealing, clock, random: systemRandom, uses, rememberedSignatures: 100 });
  return { clock, ring, store };
}

const kidOf = (jwt: string): unknown => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString()).kid;

test('the first key of every use is made at the start and signs at once, although others are published ahead', async () => {
  const { ring, store } = await setUp([sampleUse('HS256', 0, 'one'), sampleUse('ES256', 3600, 'two')]);
  const keys = ring.list();
  assert.deepEqual(keys.map(({ use, algorithm, state }) => [use, algorithm, state]).sort(), [
    ['one', 'HS256', 'signing'],
    ['two', 'ES256', 'signing'],
  ]);
  for (const { createdAtMs, activeFromMs, retiresAtMs, dropsAtMs } of keys) {
    assert.deepEqual([createdAtMs, activeFromMs, retiresAtMs, dropsAtMs], [startMs, startMs, undefined, undefined]);
  }
  assert.deepEqual(
    store.events.map(({ type, requestId, atMs }) => [type, requestId, atMs]),
    [
      ['keys.created', 'start', startMs],
      ['keys.created', 'start', startMs],
    ],
  );
});

test('a later start takes the keys that are there and makes none', async () => {
  const uses = [sampleUse('HS256', 0)];
  const first = await setUp(uses);
  const jwt = first.ring.signer.sign(hs, token);
  const second = await setUp(uses, first.store, startMs + hourMs);
  assert.deepEqual(second.ring.signer.verify(hs, jwt), { a: 1 });
  assert.equal(first.store.events.length, 1);
});

test('processes that start at once end with one key', async () => {
  const store = sampleKeyStore();
  const rings = await Promise.all(
    Array.from({ length: 5 }, async () => (await setUp([sampleUse('ES256', 3600)], store)).ring),
  );
  assert.equal((await store.listKeys()).length, 1);
  const jwt = rings[0]?.signer.sign(es, token) ?? '';
  for (const ring of rings) {
    assert.deepEqual(ring.signer.verify(es, jwt), { a: 1 });
    assert.equal(ring.list().length, 1);
  }
});

test('a use that changes its algorithm gets a key of it, and the old one retires', async () => {
  const { store, ring } = await setUp([sampleUse('HS256', 0)]);
  const old = ring.signer.sign(hs, token);
  const changed = await setUp([sampleUse('ES256', 3600)], store, startMs + 1000);
  assert.equal(changed.ring.signer.sign(es, token).split('.').length, 3);
  assert.deepEqual(changed.ring.signer.verify(hs, old), { a: 1 });
  assert.deepEqual(
    changed.ring.list().map(({ algorithm, state }) => [algorithm, state]),
    [
      ['ES256', 'signing'],
      ['HS256', 'retiring'],
    ],
  );
});

test('a use that goes back to an algorithm of before gets a new key of it, since the old one has its end', async () => {
  const { store } = await setUp([sampleUse('HS256', 0)]);
  await setUp([sampleUse('ES256', 0)], store, startMs + 1000);
  for (const nowMs of [startMs + 2000, startMs + 3000 + 2 * dayMs]) {
    const { ring } = await setUp([sampleUse('HS256', 0)], store, nowMs);
    assert.deepEqual(ring.signer.verify(hs, ring.signer.sign(hs, token)), { a: 1 });
    assert.equal(ring.list().length, 3);
  }
});

test('a rotation publishes, signs, retires and drops each at its instant, not one millisecond before', async () => {
  const { clock, ring, store } = await setUp([sampleUse('ES256', 3600)]);
  const [first] = ring.list();
  clock.setMs(startMs + 5000);
  const rotated = await ring.rotate('sample', { requestId, actor: 'admin', remote: '10.0.0.1' });
  assert.ok(rotated.outcome === 'rotated' && first);
  const [oldId, newId] = [first.id, rotated.key.id];
  const activeMs = startMs + 5000 + hourMs;
  const statesAt = (nowMs: number): unknown => {
    clock.setMs(nowMs);
    const states = Object.fromEntries(ring.list().map(({ id, state }) => [id, state]));
    const jwks = ring.jwks().keys.map(({ kid }) => kid);
    return [kidOf(ring.signer.sign(es, token)), states[newId], states[oldId], jwks];
  };
  const both = [newId, oldId];
  assert.deepEqual(statesAt(startMs + 5000), [oldId, 'published', 'signing', both]);
  assert.deepEqual(statesAt(activeMs - 1), [oldId, 'published', 'signing', both]);
  assert.deepEqual(statesAt(activeMs), [newId, 'signing', 'retiring', both]);
  assert.deepEqual(statesAt(activeMs + 1), [newId, 'signing', 'retiring', both]);
  assert.deepEqual(statesAt(activeMs + dayMs - 1), [newId, 'signing', 'retiring', both]);
  assert.deepEqual(statesAt(activeMs + dayMs), [newId, 'signing', 'dropped', [newId]]);
  assert.deepEqual(store.events.at(-1), {
    type: 'keys.rotated',
    requestId,
    actor: 'admin',
    remote: '10.0.0.1',
    atMs: startMs + 5000,
    detail: `sample ES256 ${newId}`,
  });
});

test('a token signed just before its key retires is accepted until the key is dropped, with and without `kid`', async () => {
  for (const algorithm of ['HS256', 'ES256'] as const) {
    for (const header of [{ typ: 'JWT' }, `{"alg":"${algorithm}"}`]) {
      const format = formatOf(algorithm);
      const { clock, ring } = await setUp([sampleUse(algorithm, 3600)]);
      await ring.rotate('sample', { requestId });
      clock.setMs(startMs + hourMs - 1);
      const jwt = ring.signer.sign(format, { header, payload: '{"a":1}' });
      for (const [nowMs, holds] of [
        [startMs + hourMs - 1, true],
        [startMs + hourMs, true],
        [startMs + hourMs + dayMs - 1, true],
        [startMs + hourMs + dayMs, false],
        [startMs + hourMs + dayMs + 1, false],
      ] as const) {
        clock.setMs(nowMs);
        assert.deepEqual(ring.signer.verify(format, jwt), holds ? { a: 1 } : undefined, `${algorithm} ${nowMs}`);
      }
    }
  }
});

test('a published key is accepted before it signs: another process’ clock may be ahead', async () => {
  const store = sampleKeyStore();
  const { ring } = await setUp([sampleUse('ES256', 3600)], store);
  await ring.rotate('sample', { requestId });
  const ahead = await setUp([sampleUse('ES256', 3600)], store, startMs + hourMs);
  assert.deepEqual(ring.signer.verify(es, ahead.ring.signer.sign(es, token)), { a: 1 });
});

test('with no time ahead, or at once on demand, the new key signs from this moment', async () => {
  for (const [ahead, immediately] of [
    [0, undefined],
    [0, false],
    [3600, true],
  ] as const) {
    const { ring } = await setUp([sampleUse('ES256', ahead)]);
    const before = ring.signer.sign(es, token);
    const rotated = await ring.rotate('sample', { requestId, immediately });
    assert.ok(rotated.outcome === 'rotated');
    assert.equal(rotated.key.state, 'signing');
    assert.equal(kidOf(ring.signer.sign(es, token)), rotated.key.id);
    assert.deepEqual(ring.signer.verify(es, before), { a: 1 });
  }
});

test('a rotation at once overtakes one that is published', async () => {
  const { clock, ring } = await setUp([sampleUse('ES256', 3600)]);
  await ring.rotate('sample', { requestId });
  clock.setMs(startMs + 1000);
  const last = await ring.rotate('sample', { requestId, immediately: true });
  assert.ok(last.outcome === 'rotated');
  for (const nowMs of [startMs + 1000, startMs + hourMs - 1, startMs + hourMs, startMs + dayMs]) {
    clock.setMs(nowMs);
    assert.equal(kidOf(ring.signer.sign(es, token)), last.key.id);
  }
  // Neither predecessor verifies longer than a token's life from the last moment at which it may have signed.
  clock.setMs(startMs + 1000 + dayMs);
  assert.deepEqual(
    ring.list().map(({ state }) => state),
    ['signing', 'dropped', 'dropped'],
  );
});

test('two rotations within the time ahead both come to their turn', async () => {
  const { clock, ring } = await setUp([sampleUse('ES256', 3600)]);
  const signers: unknown[] = [];
  await ring.rotate('sample', { requestId });
  clock.setMs(startMs + 600_000);
  await ring.rotate('sample', { requestId });
  const ids = ring.list().map(({ id }) => id);
  for (const nowMs of [startMs + hourMs - 1, startMs + hourMs, startMs + hourMs + 600_000]) {
    clock.setMs(nowMs);
    signers.push(kidOf(ring.signer.sign(es, token)));
  }
  assert.deepEqual(signers, ids.reverse());
});

test('of two processes that rotate at the same moment one does, and the other takes its key', async () => {
  const store = sampleKeyStore();
  const a = (await setUp([sampleUse('HS256', 0)], store)).ring;
  const b = (await setUp([sampleUse('HS256', 0)], store)).ring;
  const outcomes = await Promise.all([a.rotate('sample', { requestId }), b.rotate('sample', { requestId })]);
  assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ['conflict', 'rotated']);
  assert.deepEqual(a.list(), b.list());
  assert.equal(a.list().length, 2);
});

test('a process that did not see the last rotation rotates on top of it', async () => {
  const store = sampleKeyStore();
  const a = (await setUp([sampleUse('HS256', 0)], store)).ring;
  const b = (await setUp([sampleUse('HS256', 0)], store)).ring;
  await a.rotate('sample', { requestId });
  assert.equal((await b.rotate('sample', { requestId })).outcome, 'rotated');
  assert.equal(b.list().length, 3);
});

test('a rotation of one use leaves the others alone, and a use that is not configured is named so', async () => {
  const { ring } = await setUp([sampleUse('HS256', 0, 'one'), sampleUse('HS256', 0, 'two')]);
  await ring.rotate('one', { requestId });
  const two = ring.list().filter(({ use }) => use === 'two');
  assert.deepEqual([two.length, two[0]?.retiresAtMs], [1, undefined]);
  assert.deepEqual(await ring.rotate('three', { requestId }), { outcome: 'unknown_use' });
  assert.equal(ring.list().length, 3);
});

test('a refresh takes up what another process rotated and what was purged', async () => {
  const store = sampleKeyStore();
  const a = await setUp([sampleUse('HS256', 0)], store);
  const b = await setUp([sampleUse('HS256', 0)], store);
  await a.ring.rotate('sample', { requestId });
  const jwt = a.ring.signer.sign(hs, token);
  assert.equal(b.ring.signer.verify(hs, jwt), undefined);
  await b.ring.refresh();
  assert.deepEqual(b.ring.signer.verify(hs, jwt), { a: 1 });
  await store.purgeKeys(startMs + dayMs + 1);
  await b.ring.refresh();
  assert.equal(b.ring.list().length, 1);
});

test('a refresh that was overtaken by a newer one changes nothing', async () => {
  const store = sampleKeyStore();
  let release = () => {};
  let slow = false;
  const listKeys = async () => {
    const keys = await store.listKeys();
    if (slow) {
      slow = false;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
    }
    return keys;
  };
  const { ring } = await setUp([sampleUse('HS256', 0)], { ...store, listKeys });
  slow = true;
  const overtaken = ring.refresh();
  await ring.rotate('sample', { requestId });
  release();
  await overtaken;
  assert.equal(ring.list().length, 2);
});

test('a refresh that fails leaves everything as it was', async () => {
  const store = sampleKeyStore();
  let down = false;
  const listKeys = async () => {
    if (down) throw new StoreUnavailable('down');
    return store.listKeys();
  };
  const { ring } = await setUp([sampleUse('HS256', 0)], { ...store, listKeys });
  const jwt = ring.signer.sign(hs, token);
  down = true;
  await assert.rejects(ring.refresh(), { name: 'StoreUnavailable' });
  await assert.rejects(ring.rotate('sample', { requestId }), { name: 'StoreUnavailable' });
  assert.deepEqual(ring.signer.verify(hs, jwt), { a: 1 });
  assert.equal(ring.list().length, 1);
});

test('a clock that goes back before every key still gets tokens, and they hold', async () => {
  const { clock, ring, store } = await setUp([sampleUse('ES256', 3600)]);
  clock.setMs(startMs - 10 * dayMs);
  assert.deepEqual(ring.signer.verify(es, ring.signer.sign(es, token)), { a: 1 });
  const rotated = await ring.rotate('sample', { requestId });
  assert.ok(rotated.outcome === 'rotated');
  assert.equal(ring.list()[0]?.id, rotated.key.id, 'made later, so newer, whatever the clock says');
  clock.setMs(startMs - 10 * dayMs + hourMs);
  assert.equal(kidOf(ring.signer.sign(es, token)), rotated.key.id);
  clock.setMs(startMs + dayMs);
  assert.equal(kidOf(ring.signer.sign(es, token)), rotated.key.id);
  assert.equal((await store.listKeys()).length, 2);
});

test('a key that does not open stops the start before anything is written', async () => {
  const { store } = await setUp([sampleUse('HS256', 0)]);
  const parts = { store, clock: sampleClock(startMs), random: systemRandom, uses: [sampleUse('ES256', 0, 'new')] };
  const other = sampleSealing(Buffer.alloc(32).toString('hex'));
  await assert.rejects(openKeyRing({ ...parts, sealing: other }), { name: 'KeyUnreadable' });
  assert.equal((await store.listKeys()).length, 1);
});

test('a row that somebody gave another use is refused, at the start and in a running ring', async () => {
  const uses = [sampleUse('HS256', 0, 'one'), sampleUse('HS256', 0, 'two')];
  const { ring, store } = await setUp(uses);
  const forTwo = { keyUse: 'two', algorithm: 'HS256' } as const;
  const jwt = ring.signer.sign({ keyUse: 'one', algorithm: 'HS256' }, token);
  store.tamper((keys) => keys.map((key) => ({ ...key, use: 'two' })));
  await assert.rejects(ring.refresh(), { name: 'KeyUnreadable' });
  assert.equal(ring.signer.verify(forTwo, jwt), undefined);
  await assert.rejects(setUp(uses, store), { name: 'KeyUnreadable' });
});

test('the same seed gives the same HS256 and ES256 keys', async () => {
  const uses = [sampleUse('HS256', 0, 'one'), sampleUse('ES256', 3600, 'two')];
  const signed = async (seed: string) => {
    const clock = sampleClock(startMs);
    const ring = await openKeyRing({ store: sampleKeyStore(), sealing, clock, random: seededRandom(seed), uses });
    return [ring.signer.sign({ keyUse: 'one', algorithm: 'HS256' }, token), ring.jwks()];
  };
  assert.deepEqual(await signed('tiger'), await signed('tiger'));
  assert.notDeepEqual(await signed('tiger'), await signed('hare'));
});

test('neither the ring nor what it lists prints a secret', async () => {
  const random = { bytes: (count: number) => new Uint8Array(count).fill(0x4d), hex: systemRandom.hex };
  const clock = sampleClock(startMs);
  const uses = [sampleUse('HS256', 0, 'one'), sampleUse('ES256', 0, 'two')];
  const ring = await openKeyRing({ store: sampleKeyStore(), sealing, clock, random, uses });
  const shown = [ring, ring.list(), ring.jwks(), await ring.rotate('one', { requestId })];
  const printed = inspect(shown, { depth: null, showHidden: true }) + JSON.stringify(shown);
  assert.match(printed, /rotated/);
  assert.doesNotMatch(printed, /4d4d|TU1N|MMMM|77, 77|sealed/);
});
