/** Steps 6 to 8: notes the intent, sends, and says what a failure means for the grant. */

import { cool, remember } from './cool.ts';
import type { Decision } from './decide.ts';
import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import type { IssuedToken } from './issued-token.ts';
import { mergeGrant } from './merge.ts';
import { isAhead } from './need.ts';
import { persist } from './persist.ts';
import { present } from './present.ts';
import type { Grant, ProviderContext } from './provider.ts';
import { randomHex } from './random.ts';
import { type Again, again, type Run } from './run.ts';
import { type Sending, type Sent, send } from './send.ts';
import type { Intent, TokenRecord } from './token-store.ts';

export type Exchange = Extract<Decision, { readonly do: 'refresh' | 'acquire' }>;

export async function rotate(run: Run, exchange: Exchange): Promise<IssuedToken | Again> {
  const { engine } = run;
  const { traits } = engine.parts.provider;
  const noting = exchange.do === 'refresh' && traits.rotates !== 'no' ? intentFor(engine, exchange.record) : undefined;
  const record = noting ? await note(run, noting.intent, exchange.record) : exchange.record;
  if (record === again) return again;
  // Past this point a token may be spent: not by somebody who slept through the lease.
  run.lease?.assert();
  const sending: Sending = {
    need: run.need,
    call: callOf(engine, exchange),
    idempotencyKey: noting?.intent.idempotencyKey ?? randomHex(16),
    spends: noting && { replayUntilMs: noting.intent.startedAtMs + (traits.replayWindowMs ?? 0) },
    maybeSpent: noting?.isResumed ?? false,
  };
  let sent: Sent;
  try {
    sent = await send(engine, sending);
  } catch (thrown) {
    return failed(run, exchange, record, sending, engine.failure(thrown));
  }
  const grant = exchange.do === 'refresh' ? mergeGrant(exchange.grant, sent.grant) : sent.grant;
  run.by = exchange.do;
  return persist(run, { before: record, previous: exchange.record?.grant, grant, since: sent.since });
}

function callOf(engine: Engine, exchange: Exchange): (context: ProviderContext) => Promise<Grant> {
  const { provider } = engine.parts;
  if (exchange.do === 'refresh' && provider.refresh) {
    const { refresh } = provider;
    return (context) => refresh.call(provider, exchange.grant, context);
  }
  return (context) => provider.acquire(context);
}

/** The intent of this request: the one that stands there, where a process died or got no answer with the same token. */
function intentFor(
  engine: Engine,
  record: TokenRecord,
): {
  readonly intent: Intent;
  readonly isResumed: boolean;
} {
  if (record.intent) return { intent: record.intent, isResumed: true };
  const { clock, writer } = engine.parts;
  const intent = { idempotencyKey: randomHex(16), startedAtMs: clock.nowMs(), writer };
  return { intent, isResumed: false };
}

/** Step 7. A resumed intent is written again: of two processes that found it, one goes on. */
async function note(run: Run, intent: Intent, before: TokenRecord | undefined): Promise<TokenRecord | Again> {
  const { engine } = run;
  const { policy } = engine.parts;
  const record = engine.successor(before, { intent, ...present({ cooldown: before?.cooldown }) });
  try {
    return (await engine.put(record, before)) === 'ok' ? record : again;
  } catch (thrown) {
    const error = engine.failure(thrown);
    // What cannot be noted can hardly be kept afterwards. Nothing was spent so far, and it is not worth it ahead of time.
    if (policy.onPersistFailure === 'throw' || isAhead(run.need)) throw error;
    engine.tell('persist.fail', { generation: record.generation, error });
    engine.keep(record, before);
    return record;
  }
}

async function failed(
  run: Run,
  exchange: Exchange,
  record: TokenRecord | undefined,
  sending: Sending,
  error: TokenError,
): Promise<IssuedToken | Again> {
  const { engine } = run;
  const { clock, provider } = engine.parts;
  if (exchange.do === 'refresh' && error.reauthRequired) {
    // A refusal counts only where nobody else moved the record on meanwhile.
    if ((await engine.read())?.generation !== record?.generation) return again;
    if (!provider.traits.interactive) return rotate(run, { do: 'acquire', record });
    const isLost = sending.maybeSpent && error.code === 'invalid_grant';
    const code = isLost ? 'rotation_lost' : error.code;
    await remember(engine, engine.successor(record, { dead: { code, atMs: clock.nowMs() } }), record);
    engine.tell('reauth.required', { code });
    if (!isLost) throw error;
    throw engine.error(code, 'a refresh was cut off, and its new refresh token is lost: log in again', {
      cause: error,
    });
  }
  if (error.code === 'aborted' || error.code === 'closed' || error.code === 'interaction_required') throw error;
  const intent = sending.maybeSpent ? record?.intent : undefined;
  const pauseMs = await cool(engine, record, error, present({ intent, dead: record?.dead }));
  if (error.retryable && error.retryAfterMs !== undefined) run.deferMs = pauseMs;
  throw error;
}
