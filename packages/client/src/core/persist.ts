/** Steps 9 to 11: a new grant is kept before anybody sees its token, and what to do where it cannot be. */

import { cool } from './cool.ts';
import type { TokenError } from './errors.ts';
import { revoke } from './exchange-within.ts';
import type { IssuedToken } from './issued-token.ts';
import type { Instant } from './lifetime.ts';
import { suits } from './need.ts';
import type { Grant } from './provider.ts';
import { type Again, again, isLoggedOut, type Run } from './run.ts';
import type { TokenRecord } from './token-store.ts';

export interface Result {
  /** What the new record follows on. */
  readonly before: TokenRecord | undefined;
  /** The grant that was spent or replaced. */
  readonly previous: Grant | undefined;
  readonly grant: Grant;
  /** When the token's life began. */
  readonly since: Instant;
}

const mostTries = 6;
const firstPauseMs = 200;
/** Between attempts to write what is already in use. */
const holdPauseMs = 5_000;

export async function persist(run: Run, result: Result): Promise<IssuedToken | Again> {
  const { engine } = run;
  let { before } = result;
  let record = recordOf(run, result, before);
  for (let tries = 1; ; tries += 1) {
    if (isLoggedOut(run)) return discard(run, result.grant);
    try {
      if ((await engine.put(record, before)) === 'ok') return finish(run, result, record);
      const other = await engine.stored();
      if (other === undefined) return discard(run, result.grant);
      // A write that seemed to fail, and did not.
      const isOurs = other.generation === record.generation && isSame(other.grant, result.grant);
      if (isOurs) return finish(run, result, record);
      if (!isSame(other.grant, result.previous)) return adoptOr(run, other);
      if (tries >= mostTries) throw engine.error('store_conflict', 'the record changes all the time');
      // Somebody only noted something beside the old grant.
      before = other;
      record = recordOf(run, result, before);
    } catch (thrown) {
      const error = engine.failure(thrown);
      if (tries >= mostTries || !error.retryable) return unpersisted(run, result, record, before, error);
      await engine.parts.clock.sleep(firstPauseMs * 2 ** (tries - 1), { background: true });
    }
  }
}

function recordOf({ engine }: Run, { grant, since }: Result, before: TokenRecord | undefined): TokenRecord {
  const { clock, provider } = engine.parts;
  const { expiresAtMs, lifetimeMs } = grant.token;
  const leastMs = provider.traits.minLifetimeMs;
  let skewMs = clock.offsetMs();
  if (expiresAtMs !== undefined && lifetimeMs === undefined && leastMs !== undefined) {
    // Shorter than the server ever gives: our clock is ahead of its.
    const missingMs = since.wallMs + skewMs + leastMs - expiresAtMs;
    if (missingMs > 0) {
      engine.tell('clock.skew', { differenceMs: missingMs });
      skewMs -= missingMs;
    }
  }
  return engine.successor(before, { grant, receivedAtMs: since.wallMs, skewMs });
}

const isSame = (a: Grant | undefined, b: Grant | undefined): boolean =>
  a?.token.token === b?.token.token && a?.refreshToken === b?.refreshToken;

async function finish(run: Run, { grant, since }: Result, record: TokenRecord): Promise<IssuedToken> {
  const { engine } = run;
  const token = engine.issued(record, grant, since);
  if (token.isServable()) return engine.take(record, token);
  // Kept, since it may be renewed; but whoever asked again at once would get the same.
  const error = engine.error('clock_skew', 'the token was over on receipt: a clock is wrong');
  await cool(engine, record, error);
  throw error;
}

async function unpersisted(
  run: Run,
  result: Result,
  record: TokenRecord,
  before: TokenRecord | undefined,
  error: TokenError,
): Promise<IssuedToken> {
  const { engine } = run;
  const { clock, policy, provider } = engine.parts;
  engine.keep(record, before);
  engine.tell('persist.fail', { generation: record.generation, error });
  const isSpent = provider.traits.rotates !== 'no';
  if (isSpent && policy.onPersistFailure === 'throw') throw error;
  const token = engine.take(record, engine.issued(record, result.grant, result.since, false));
  if (!isSpent) return token;
  run.publish(token);
  // Others would find the refresh token that is spent: they are kept away for as long as this token is good.
  while (!run.lease?.lost.aborted && token.servableForMs() > 0) {
    await clock.sleep(Math.min(holdPauseMs, token.servableForMs()), { signal: run.ending, background: true });
    if (isLoggedOut(run) || run.ending.aborted) break;
    const outcome = await engine.put(record, before).catch(() => undefined);
    if (outcome === 'ok') return engine.take(record, engine.issued(record, result.grant, result.since));
    if (outcome === 'conflict') break;
  }
  return token;
}

function adoptOr(run: Run, other: TokenRecord): IssuedToken | Again {
  if (!other.grant) return again;
  const token = run.engine.found(other, other.grant);
  if (!suits(token, run.need)) return again;
  run.by = 'adopted';
  return run.engine.take(other, token);
}

/** Somebody logged out meanwhile: the grant must not come back. */
async function discard(run: Run, grant: Grant): Promise<never> {
  await revoke(run.engine, grant);
  throw run.engine.error('closed', 'logged out while the token was refreshed');
}
