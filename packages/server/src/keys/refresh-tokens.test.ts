import assert from 'node:assert/strict';
import test from 'node:test';
import { inspect } from 'node:util';
import { grantId } from '../core/ids.ts';
import { decodeRefreshToken } from '../core/refresh-token.ts';
import { systemRandom } from './random.ts';
import { renewalKeyUse, renewalUse } from './refresh-tokens.ts';
import { sampleClock, sampleKeyStore, sampleSealing, sampleUse } from './ring.sample.ts';
import { openKeyRing } from './ring.ts';

const startMs = 1_730_257_365_559;
const aheadSeconds = 60;
const longestSeconds = 7 * 86_400;
const requestId = 'r1';
const facts = { grantId: grantId(startMs, '0123456789abcdef0123'), generation: 7 };

async function setUp(store = sampleKeyStore(), nowMs = startMs) {
  const clock = sampleClock(nowMs);
  const uses = [renewalKeyUse(aheadSeconds, longestSeconds), sampleUse('HS256', 0, 'other')];
  const ring = await openKeyRing({ store, sealing: sampleSealing(), clock, random: systemRandom, uses });
  return { clock, ring, store, tokens: ring.refreshTokens };
}

test('a refresh token reads back as what it was made of', async () => {
  const { tokens } = await setUp();
  assert.deepEqual(tokens.read(tokens.mint(facts, startMs)), facts);
});

test('the same generation gives the same text again, another one gives another', async () => {
  const { tokens, clock } = await setUp();
  const first = tokens.mint(facts, startMs);
  clock.setMs(startMs + 60_000);
  assert.equal(tokens.mint(facts, startMs), first);
  assert.notEqual(tokens.mint({ ...facts, generation: 8 }, startMs), first);
});

test('a process that starts later on the same keys makes the same text', async () => {
  const { tokens, store } = await setUp();
  const later = await setUp(store, startMs + 1);
  assert.equal(later.tokens.mint(facts, startMs), tokens.mint(facts, startMs));
});

test('any changed character makes it invalid', async () => {
  const { tokens } = await setUp();
  const token = tokens.mint(facts, startMs);
  for (let at = 0; at < token.length; at++) {
    const other = token.charAt(at) === 'A' ? 'B' : 'A';
    assert.equal(tokens.read(token.slice(0, at) + other + token.slice(at + 1)), undefined, `at ${at}`);
  }
  for (const garbage of ['', 'x', token.slice(1), `${token}A`]) assert.equal(tokens.read(garbage), undefined);
});

test('a token of another installation is invalid, under the same key id too', async () => {
  const here = await setUp();
  const there = await setUp();
  const [mine] = here.ring.list().filter(({ use }) => use === renewalUse);
  const foreign = there.tokens.mint(facts, startMs);
  assert.equal(here.tokens.read(foreign), undefined);
  const parts = decodeRefreshToken(foreign);
  const id = Buffer.from(mine?.id ?? '', 'hex');
  const bytes = Buffer.from(foreign, 'base64url');
  id.copy(bytes, 1);
  const renamed = bytes.toString('base64url');
  assert.equal(decodeRefreshToken(renamed)?.keyId, mine?.id);
  assert.notEqual(parts?.keyId, mine?.id);
  assert.equal(here.tokens.read(renamed), undefined);
});

test('after a rotation of the key, old tokens hold until the longest life of one, and not from then on', async () => {
  const { tokens, clock, ring } = await setUp();
  const old = tokens.mint(facts, startMs);
  const rotatedMs = startMs + 1000;
  clock.setMs(rotatedMs);
  assert.equal((await ring.rotate(renewalUse, { requestId })).outcome, 'rotated');
  const activeMs = rotatedMs + aheadSeconds * 1000;
  assert.equal(tokens.mint(facts, rotatedMs), old);
  assert.equal(tokens.mint(facts, activeMs - 1), old);
  const fresh = tokens.mint(facts, activeMs);
  assert.notEqual(fresh, old);
  for (const [atMs, expected] of [
    [rotatedMs, facts],
    [activeMs + longestSeconds * 1000 - 1, facts],
    [activeMs + longestSeconds * 1000, undefined],
    [activeMs + longestSeconds * 1000 + 1, undefined],
  ] as const) {
    clock.setMs(atMs);
    assert.deepEqual(tokens.read(old), expected, `${atMs - activeMs}`);
    assert.deepEqual(tokens.read(fresh), facts);
  }
});

test('a generation that began before the key rotated gets the same text after it', async () => {
  const { tokens, clock, ring } = await setUp();
  const first = tokens.mint(facts, startMs);
  for (const immediately of [false, true]) {
    clock.setMs(clock.nowMs() + 1000);
    await ring.rotate(renewalUse, { requestId, immediately });
    assert.equal(tokens.mint(facts, startMs), first);
    assert.deepEqual(tokens.read(first), facts);
  }
});

test('no key of another use makes or checks one, and none is written anywhere', async () => {
  const { tokens, store, ring } = await setUp();
  const token = tokens.mint(facts, startMs);
  const keys = await store.listKeys();
  const tag = decodeRefreshToken(token)?.tag ?? '';
  const shown = inspect([store.events, keys, ring.list(), ring, tokens], { depth: 8, showHidden: true });
  assert.ok(!shown.includes(token) && !shown.includes(tag));
  const without = await openKeyRing({
    store: sampleKeyStore(),
    sealing: sampleSealing(),
    clock: sampleClock(startMs),
    random: systemRandom,
    uses: [sampleUse('HS256', 0, 'other')],
  });
  assert.equal(without.refreshTokens.read(token), undefined);
  assert.throws(() => without.refreshTokens.mint(facts, startMs), /no key for renewal/);
});
