/** Steps 3 to 6 and 12: looks whether it is done already, takes the lock, looks again, and has the rest done. */

import { decide } from './decide.ts';
import type { Engine } from './engine.ts';
import { isTokenError } from './errors.ts';
import { IssuedToken } from './issued-token.ts';
import type { Lease } from './lock.ts';
import { isAhead, suits } from './need.ts';
import { type Exchange, rotate } from './rotate.ts';
import { type Again, again, type Run } from './run.ts';

const mostRounds = 5;
/** How often the record is looked at, where that is the only way to hear of another process. */
const pollMs = 100;
/** A wait that is worth an event. */
const longWaitMs = 100;

export async function refresh(run: Run): Promise<IssuedToken> {
  const { clock, policy } = run.engine.parts;
  let patienceMs = isAhead(run.need) ? 0 : policy.retryAfterMostMs;
  for (let round = 1; ; round += 1) {
    run.deferMs = undefined;
    try {
      const token = await once(run);
      if (token !== again) return token;
      if (round >= mostRounds) throw run.engine.error('store_conflict', 'the record changes all the time');
    } catch (error) {
      // The server named its time: a caller without a token would come back then anyway. Nobody is kept waiting by a lock.
      if (run.deferMs === undefined || run.deferMs > patienceMs || round >= mostRounds) throw error;
      patienceMs -= run.deferMs;
      await clock.sleep(run.deferMs, { signal: run.ending, background: true });
    }
  }
}

async function once(run: Run): Promise<IssuedToken | Again> {
  const { engine } = run;
  const { lock, policy, clock, provider } = engine.parts;
  const record = await engine.read();
  // Another token than the one that stands there now; after a wait for the lock, the one that then does is another.
  if (run.need.forced) run.need = { ...run.need, avoid: run.need.avoid ?? record?.grant?.token.token };
  const early = look(run);
  if (early instanceof IssuedToken) return early;

  const isLong = provider.traits.interactive === true && run.need.interactive;
  const waitMs = isLong ? policy.interactiveTimeoutMs : policy.lockWaitMs;
  const startedMs = clock.monoMs();
  let isEntered = false;
  const locked = async (lease: Lease | undefined): Promise<IssuedToken | Again> => {
    isEntered = true;
    run.lease = lease;
    const waitedMs = clock.monoMs() - startedMs;
    if (waitedMs >= longWaitMs) engine.tell('lock.wait', { waitedMs });
    return underLock(run);
  };
  // Where the store tells of changes, what the holder brings is taken at once, and its lock need not be had any more.
  const done = new AbortController();
  engine.taken = (token) => {
    if (suits(token, run.need)) done.abort();
  };
  if (!lock) return locked(undefined);
  try {
    return await lock.run(
      engine.key,
      { waitMs, leaseMs: policy.leaseMs, signal: done.signal, background: true },
      locked,
    );
  } catch (thrown) {
    if (isEntered) {
      if (!run.lease?.lost.aborted || !isTokenError(thrown, 'lock_timeout')) throw thrown;
      engine.tell('lock.lost', {});
      return again;
    }
    if (isTokenError(thrown, 'lock_timeout') || done.signal.aborted) {
      await engine.read();
      const late = look(run);
      if (late instanceof IssuedToken) return late;
      throw engine.failure(thrown);
    }
    if (!engine.isLockBroken) engine.tell('lock.unavailable', { message: messageOf(thrown) });
    engine.isLockBroken = true;
    return locked(undefined);
  } finally {
    engine.taken = undefined;
  }
}

async function underLock(run: Run): Promise<IssuedToken | Again> {
  for (let round = 0; round < mostRounds; round += 1) {
    await run.engine.read();
    const found = look(run);
    if (found instanceof IssuedToken) return found;
    if (!run.lease && isUnderWay(run.engine)) return waitForOther(run);
    const token = await rotate(run, found);
    if (token !== again) return token;
  }
  return again;
}

/** Another process noted that it sends the refresh token, and has not been silent for long enough to be dead. */
function isUnderWay({ record, parts }: Engine): boolean {
  const { intent } = record ?? {};
  if (!intent || intent.writer === parts.writer) return false;
  const ageMs = parts.clock.nowMs() - intent.startedAtMs;
  return ageMs >= 0 && ageMs < parts.policy.leaseMs;
}

/** Where there is no lock, the intent of another process stands in for it. */
async function waitForOther(run: Run): Promise<Again> {
  const { engine } = run;
  const { clock, policy } = engine.parts;
  const startedMs = clock.monoMs();
  while (isUnderWay(engine)) {
    if (clock.monoMs() - startedMs >= policy.lockWaitMs) {
      throw engine.error('lock_timeout', 'another process is refreshing, and does not come to an end');
    }
    await clock.sleep(pollMs, { background: true });
    await engine.read();
  }
  return again;
}

/** The token that the record holds, or the exchange that it takes to get one. */
function look(run: Run): IssuedToken | Exchange {
  const decision = decide(run.engine, run.engine.record, run.need);
  switch (decision.do) {
    case 'adopt':
      run.by = 'adopted';
      return run.engine.take(decision.record, decision.token);
    case 'refuse':
      throw decision.error;
    case 'refresh':
    case 'acquire':
      return decision;
  }
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : 'the lock does not work');
