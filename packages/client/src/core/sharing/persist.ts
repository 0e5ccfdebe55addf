/** Steps 9 to 11: a new grant is kept before anybody sees its token, and what to do where it cannot be. */

import type { TokenError } from '../errors.ts';
import { IssuedToken } from '../issued-token.ts';
import { suits } from '../need.ts';
import type { Grant } from '../provider.ts';
import { discard, finish, type Result, recordOf } from '../result.ts';
import { isLoggedOut, type Outcome, type Run } from '../run.ts';
import type { TokenRecord } from '../token-store.ts';
import type { Stored } from './stored.ts';

const mostTries = 6;
const firstPauseMs = 200;
/** Between attempts to write what is already in use. */
const holdPauseMs = 5_000;

export async function persist(stored: Stored, run: Run, result: Result): Outcome {
  const { engine } = run;
  let { before } = result;
  let record = recordOf(run, result);
  for (let tries = 1; ; tries += 1) {
    if (isLoggedOut(run)) return discard(run, result.grant);
    try {
      if (await stored.put(record, before)) return finish(run, result, record);
      const other = await stored.look();
      if (other === undefined) return discard(run, result.grant);
      // A write that seemed to fail, and did not.
      const isOurs = other.generation === record.generation && isSame(other.grant, result.grant);
      if (isOurs) return finish(run, result, record);
      if (!isSame(other.grant, result.previous)) return adoptOr(stored, run, other);
      if (tries >= mostTries) throw engine.error('store_conflict', 'the record changes all the time');
      // Somebody only noted something beside the old grant.
      before = other;
      record = recordOf(run, { ...result, before });
    } catch (thrown) {
      const error = engine.failure(thrown);
      if (tries >= mostTries || !error.retryable) return unpersisted(stored, run, { ...result, before }, record, error);
      // A program that has nothing else to do must not end with the only copy of a grant that was rotated.
      const background = engine.provider.traits.rotates === 'no';
      await engine.clock.sleep(firstPauseMs * 2 ** (tries - 1), { background });
    }
  }
}

const isSame = (a: Grant | undefined, b: Grant | undefined): boolean =>
  a?.token.token === b?.token.token && a?.refreshToken === b?.refreshToken;

async function unpersisted(
  stored: Stored,
  run: Run,
  { before, grant, since }: Result,
  record: TokenRecord,
  error: TokenError,
): Promise<IssuedToken> {
  const { engine } = run;
  const { clock, policy, provider } = engine;
  stored.keep(record, before);
  engine.tell('persist.fail', { generation: record.generation, error });
  const isSpent = provider.traits.rotates !== 'no';
  if (isSpent && policy.onPersistFailure === 'throw') throw error;
  const token = engine.take(record, new IssuedToken(engine, record, grant, since, false));
  const ending = isSpent && run.hold?.(token);
  if (!ending) return token;
  // Others would find the refresh token that is spent: they are kept away for as long as this token is good.
  while (!run.lease?.lost.aborted && token.servableForMs() > 0) {
    await clock.sleep(Math.min(holdPauseMs, token.servableForMs()), { signal: ending, background: true });
    if (isLoggedOut(run)) break;
    const isKept = await stored.put(record, before).catch(() => undefined);
    if (isKept && isLoggedOut(run)) {
      stored.forget();
      await stored.erase(record.generation);
      break;
    }
    if (isKept) return engine.take(record, new IssuedToken(engine, record, grant, since));
    if (isKept === false || ending.aborted) break;
  }
  return token;
}

function adoptOr(stored: Stored, run: Run, other: TokenRecord): IssuedToken | undefined {
  const token = other.grant && stored.found(other, other.grant);
  if (!token || !suits(token, run.need)) return undefined;
  run.by = 'adopted';
  return run.engine.take(other, token);
}
