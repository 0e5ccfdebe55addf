import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import fc from 'fast-check';
import type { StoredGrant } from '../core/grant.ts';
import { renewalUse } from '../keys/refresh-tokens.ts';
import { openWorld, type RefreshCall, sampleRotation, type World } from './session.sample.ts';
import type { TokenPair } from './token-pair.ts';

/** Histories, and the most steps of each: some two thousand steps in well under half a minute. */
const histories = 40;
const longestHistory = 120;
const sessions = 2;

const windowMs = sampleRotation.retryWindowSeconds * 1000;
const renewalMs = sampleRotation.renewalLifetimeSeconds * 1000;

/** One session: what its client holds, and what the table of rotation says that the server must hold. */
interface Told {
  readonly id: string;
  readonly endsAtMs: number;
  /** The pair that the client took last, and the attempt that gave it. */
  held: TokenPair;
  attempt: { readonly token: string; readonly key: string } | undefined;
  /** When the client first used the refresh token that it holds. */
  triedAtMs: number | undefined;
  /** Whether anybody but the client had a hand in it. */
  isTouched: boolean;
  generation: number;
  rotatedAtMs: number | undefined;
  renewByMs: number;
  isSeen: boolean;
  key: string | undefined;
  isRevoked: boolean;
  /** Every answered pair, and the one refresh token of each generation. */
  readonly answered: TokenPair[];
  readonly texts: Map<number, string>;
}

type Model = { readonly all: Told[]; attempts: number };
type Command = fc.AsyncCommand<Model, World>;

const generationOf = (w: World, token: string): number => w.ring.refreshTokens.read(token)?.generation ?? Number.NaN;

async function begin(w: World): Promise<Told> {
  const opened = await w.open();
  assert.ok(opened.ok);
  const { grant } = opened.value;
  return {
    id: grant.id,
    endsAtMs: grant.expiresAtMs,
    held: opened.value,
    attempt: undefined,
    triedAtMs: undefined,
    isTouched: false,
    generation: 1,
    rotatedAtMs: undefined,
    renewByMs: grant.renewByMs,
    isSeen: false,
    key: undefined,
    isRevoked: false,
    answered: [opened.value],
    texts: new Map([[1, opened.value.refreshToken]]),
  };
}

const isAlive = (told: Told, nowMs: number): boolean =>
  !told.isRevoked && nowMs < told.endsAtMs && nowMs < told.renewByMs;

/** The table of rotation once more, in other words than the server's: what the answer must be, and what becomes of the row. */
function foretell(told: Told, generation: number, call: RefreshCall, nowMs: number): boolean {
  if (!isAlive(told, nowMs) || generation > told.generation) return false;
  const isOwn = !('binding' in call);
  if (generation === told.generation) {
    if (isOwn) moveOn(told, call.idempotencyKey, nowMs);
    return isOwn;
  }
  const isInTime = told.rotatedAtMs !== undefined && nowMs < told.rotatedAtMs + windowMs;
  const isUnused = !told.isSeen || (call.idempotencyKey !== undefined && call.idempotencyKey === told.key);
  if (generation === told.generation - 1 && isOwn && isInTime && isUnused) return true;
  told.isRevoked = true;
  return false;
}

function moveOn(told: Told, key: string | undefined, nowMs: number): void {
  told.generation++;
  told.rotatedAtMs = nowMs;
  told.renewByMs = Math.min(nowMs + renewalMs, told.endsAtMs);
  told.isSeen = false;
  told.key = key;
}

/** Presents a refresh token, holds the answer against the table, and remembers the pair. */
async function present(w: World, told: Told, token: string, call: RefreshCall): Promise<TokenPair | undefined> {
  const nowMs = w.clock.nowMs();
  const isExpected = foretell(told, generationOf(w, token), call, nowMs);
  const answer = await w.refresh(token, call);
  assert.equal(answer.ok, isExpected, answer.ok ? 'was accepted' : answer.reason.code);
  if (!answer.ok) return undefined;
  note(told, answer.value);
  return answer.value;
}

function note(told: Told, pair: TokenPair): void {
  const { generation } = pair.grant;
  assert.equal(told.texts.get(generation) ?? pair.refreshToken, pair.refreshToken, 'two successors of one token');
  told.texts.set(generation, pair.refreshToken);
  told.answered.push(pair);
}

/** What holds after every step. */
async function audit(w: World, told: Told): Promise<void> {
  const row: StoredGrant | undefined = await w.store.findGrant(told.id);
  assert.ok(row);
  assert.equal(row.generation, told.generation);
  assert.equal(row.revokedAtMs !== undefined, told.isRevoked);
  assert.equal(row.successorSeen, told.isSeen);
  assert.equal(row.renewByMs, told.renewByMs);
  for (const { grant } of told.answered) assert.ok(grant.generation <= row.generation, 'an answered rotation was lost');
  const nowMs = w.clock.nowMs();
  for (const pair of told.answered.slice(-4)) {
    const isGood = await w.recognizes(pair.accessToken);
    const isCurrent: boolean = pair.grant.generation === row.generation && nowMs < pair.accessTokenExpiresAtMs;
    assert.equal(isGood, isCurrent && isAlive(told, nowMs), 'an access token of another generation or a dead session');
  }
}

/** A step on one of the sessions. */
function step(who: number, name: string, run: (w: World, told: Told, model: Model) => Promise<void>): Command {
  return {
    check: () => true,
    async run(model, w) {
      const told = model.all[who];
      assert.ok(told);
      await run(w, told, model);
      for (const one of model.all) await audit(w, one);
    },
    toString: () => `${name} of session ${who}`,
  };
}

/** The client's own rule, which knows nothing of the table: who tries again in time gets an answer. */
const mustSucceed = (told: Told, nowMs: number): boolean =>
  !told.isTouched && isAlive(told, nowMs) && (told.triedAtMs === undefined || nowMs < told.triedAtMs + windowMs);

/** The client refreshes from several places at once; some of the answers are lost on their way. */
const refreshes = (who: number, arrives: readonly boolean[], withKey: boolean): Command =>
  step(who, `refresh, answers arrive: ${arrives}${withKey ? ', with a key' : ''}`, async (w, told, model) => {
    const nowMs = w.clock.nowMs();
    const isOwed = mustSucceed(told, nowMs);
    const key = withKey ? `attempt ${++model.attempts}` : undefined;
    const token = told.held.refreshToken;
    told.triedAtMs ??= nowMs;
    const pairs = await Promise.all(arrives.map(() => present(w, told, token, { idempotencyKey: key })));
    if (isOwed) for (const pair of pairs) assert.ok(pair, 'an honest client was locked out');
    const taken = pairs.find((pair, at) => pair && arrives[at]);
    if (taken) {
      told.held = taken;
      told.triedAtMs = undefined;
      told.attempt = key === undefined ? undefined : { token, key };
    }
  });

/** The client sends its last attempt once more, under the key of that attempt. */
const repeats = (who: number): Command =>
  step(who, 'repeated attempt', async (w, told) => {
    if (!told.attempt) return;
    const isLast = told.key === told.attempt.key && told.generation === told.held.grant.generation;
    const isOwed = isLast && isAlive(told, w.clock.nowMs()) && w.clock.nowMs() < (told.rotatedAtMs ?? 0) + windowMs;
    const pair = await present(w, told, told.attempt.token, { idempotencyKey: told.attempt.key });
    if (isOwed) assert.equal(pair?.refreshToken, told.held.refreshToken);
    told.isTouched ||= !isOwed;
  });

/** The server dies some turns of its loop after it took the requests; nobody gets an answer. */
const crashes = (who: number, callers: number, turns: number): Command =>
  step(who, `crash ${turns} turns into a refresh of ${callers}`, async (w, told) => {
    const nowMs = w.clock.nowMs();
    const token = told.held.refreshToken;
    const wasAlive = isAlive(told, nowMs);
    told.triedAtMs ??= nowMs;
    const answers = Array.from({ length: callers }, () => w.refresh(token));
    for (let turn = 0; turn < turns; turn++) await nextTurn();
    await w.restart();
    const settled = await Promise.all(answers);
    const row = await w.store.findGrant(told.id);
    const before = told.generation;
    const isTaken = row?.generation !== before || (row.revokedAtMs !== undefined) !== told.isRevoked;
    const wasAnswered = settled.some((answer) => answer.ok);
    // On disk before it was answered, and never the half of it.
    if (isTaken || wasAnswered) {
      for (const _ of settled) foretell(told, generationOf(w, token), {}, nowMs);
    }
    for (const answer of settled) {
      if (answer.ok) note(told, answer.value);
      else if (!isTaken && wasAlive) assert.equal(answer.reason.code, 'temporarily_unavailable');
    }
  });

const uses = (who: number): Command =>
  step(who, 'use of the access token', async (w, told) => {
    const { accessToken, accessTokenExpiresAtMs, grant } = told.held;
    const nowMs = w.clock.nowMs();
    const isGood = grant.generation === told.generation && isAlive(told, nowMs) && nowMs < accessTokenExpiresAtMs;
    assert.equal(await w.check(accessToken), isGood);
    if (isGood && told.rotatedAtMs !== undefined) told.isSeen = true;
  });

/** Somebody else presents a token that was answered some generations ago; 0 is the newest. */
const steals = (who: number, back: number, isOwnBinding: boolean): Command =>
  step(who, `theft, ${back} generations back, ${isOwnBinding ? 'same' : 'other'} binding`, async (w, told) => {
    const token = told.texts.get(told.generation - back);
    if (token === undefined) return;
    told.isTouched = true;
    await present(w, told, token, isOwnBinding ? {} : { binding: 'other' });
  });

const forges = (who: number, ahead: number): Command =>
  step(who, `forgery, ${ahead} generations ahead`, async (w, told) => {
    const facts = { grantId: told.id, generation: told.generation + ahead };
    const minted = w.ring.refreshTokens.mint(facts, w.clock.nowMs());
    const { refreshToken } = told.held;
    const altered =
      refreshToken.slice(0, 58) + (refreshToken.slice(58, 59) === 'A' ? 'B' : 'A') + refreshToken.slice(59);
    for (const token of [minted, altered]) assert.equal((await w.refresh(token)).ok, false);
  });

const revokes = (who: number): Command =>
  step(who, 'revocation', async (w, told) => {
    const nowMs = w.clock.nowMs();
    await w.store.revokeGrant(told.id, nowMs, { atMs: nowMs, type: 'grant.revoked', requestId: 'r', grantId: told.id });
    told.isRevoked = true;
  });

const begins = (who: number): Command =>
  step(who, 'a new beginning', async (w, told, model) => {
    await proveLog(w, told);
    model.all[who] = await begin(w);
  });

const waits = (ms: number): Command =>
  step(0, `${ms} ms later, after session`, async (w) => w.clock.setMs(w.clock.nowMs() + ms));

const newKey: Command = step(0, 'new renewal key, after session', async (w) => {
  await w.ring.rotate(renewalUse, { requestId: 'r' });
});

/** The log knows each rotation, once. */
async function proveLog(w: World, told: Told): Promise<void> {
  const page = { limit: 1000, after: undefined };
  const { rows, next } = await w.store.readAudit({ grantId: told.id, type: 'grant.rotated' }, page);
  assert.equal(next, undefined);
  assert.equal(rows.length, told.generation - 1);
}

const who = fc.nat(sessions - 1);
const anyStep: fc.Arbitrary<Command>[] = [
  fc.tuple(who, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), fc.boolean()).map((all) => refreshes(...all)),
  fc.tuple(who, fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }), fc.boolean()).map((all) => refreshes(...all)),
  fc.tuple(who, fc.constant([false]), fc.boolean()).map((all) => refreshes(...all)),
  who.map(repeats),
  who.map(repeats),
  fc.tuple(who, fc.integer({ min: 1, max: 4 }), fc.nat(3)).map((all) => crashes(...all)),
  who.map(uses),
  who.map(uses),
  fc.tuple(who, fc.nat(3), fc.boolean()).map((all) => steals(...all)),
  fc.tuple(who, fc.integer({ min: 1, max: 3 })).map((all) => forges(...all)),
  who.map(revokes),
  who.map(begins),
  who.map(begins),
  fc.constantFrom(1, 20_000, windowMs - 1, windowMs, windowMs + 1, 7_200_000, renewalMs - 1, renewalMs).map(waits),
  fc.nat(30_000).map(waits),
  fc.constant(newKey),
];

describe('rotation, through any history of refreshes, lost answers, crashes, thefts and revocations', () => {
  it('has one live successor, loses no answered rotation, accepts no ended session and locks no honest client out', async () => {
    const commands = fc.commands(anyStep, { maxCommands: longestHistory, size: 'max' });
    const property = fc.asyncProperty(commands, async (history) => {
      const w = await openWorld();
      try {
        const model: Model = { all: [], attempts: 0 };
        for (let each = 0; each < sessions; each++) model.all.push(await begin(w));
        await fc.asyncModelRun(() => ({ model, real: w }), history);
        for (const told of model.all) await proveLog(w, told);
      } finally {
        await w.dispose();
      }
    });
    // A failure tells seed and path, and the shortest history that it found.
    await fc.assert(property, { numRuns: histories });
  });
});
