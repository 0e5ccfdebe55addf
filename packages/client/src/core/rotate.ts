/** Steps 6 to 8: notes the intent, sends, and says what a failure means for the grant. */

import { cool } from './cool.ts';
import type { TokenError } from './errors.ts';
import { mergeGrant } from './merge.ts';
import type { Grant } from './provider.ts';
import { randomHex } from './random.ts';
import { successor } from './record.ts';
import { discard } from './result.ts';
import type { Outcome, Run } from './run.ts';
import { type Sending, send } from './send.ts';
import type { TokenRecord } from './token-store.ts';

/** @param previous the grant to refresh; `undefined`: one is acquired. */
export async function rotate(run: Run, previous: Grant | undefined): Outcome {
  const { engine, keeper, need } = run;
  // What stands there now may be of a login that came after: nothing of that is spent.
  if (run.epoch !== engine.epoch) return discard(run);
  const found = engine.record;
  const spends = previous !== undefined && engine.provider.traits.rotates !== 'no';
  // One that stands there is of a process that died, or got no answer, with the same refresh token.
  const resumed = spends ? found?.intent : undefined;
  const notedAtMs = engine.clock.nowMs();
  const { writer } = engine;
  const intent = { idempotencyKey: randomHex(16), startedAtMs: notedAtMs, ...resumed, notedAtMs, writer };
  let before = found;
  if (spends) {
    // Step 7. A resumed intent is written again: of two processes that found it, one goes on.
    before = successor(engine, found, { intent, cooldown: found?.cooldown });
    if (!(await keeper.note(before, found, need))) return undefined;
  }
  // Past this point a token may be spent: not by somebody who slept through the lease.
  run.lease?.assert();
  const sending: Sending = { need, previous, intent, spends, maybeSpent: resumed !== undefined };
  const sent = await send(engine, sending);
  if ('code' in sent) return failed(run, sending, before, sent);
  const grant = previous ? mergeGrant(previous, sent.grant) : sent.grant;
  run.by = previous ? 'refresh' : 'acquire';
  if (run.epoch !== engine.epoch) return discard(run, grant);
  return keeper.persist(run, { before, previous: found?.grant, grant, since: sent.since });
}

async function failed(run: Run, sending: Sending, record: TokenRecord | undefined, error: TokenError): Outcome {
  const { engine, keeper, need } = run;
  const { maybeSpent } = sending;
  if (sending.previous && error.reauthRequired) {
    // A refusal counts only where nobody else moved the record on meanwhile.
    await keeper.read?.();
    if (engine.record?.generation !== record?.generation) return undefined;
    if (need.interactive || !engine.provider.traits.interactive) return rotate(run, undefined);
    const isLost = maybeSpent && error.code === 'invalid_grant';
    const final = isLost
      ? engine.error('rotation_lost', 'a refresh was cut off, and its refresh token is lost: log in again', {
          cause: error,
        })
      : error;
    const { code } = final;
    await keeper.jot(successor(engine, record, { dead: { code, atMs: engine.clock.nowMs() } }), record);
    engine.tell('reauth.required', { code });
    throw final;
  }
  if (!['aborted', 'closed', 'interaction_required'].includes(error.code)) {
    const intent = maybeSpent ? record?.intent : undefined;
    const pauseMs = await cool(run, record, error, { intent, dead: record?.dead });
    if (error.retryable && error.retryAfterMs !== undefined) run.deferMs = pauseMs;
  }
  throw error;
}
