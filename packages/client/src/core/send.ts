/** Step 8: asks the server, and again where that is right. Nothing but the deadline of an exchange ends a request. */

import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import { exchangeWithin } from './exchange-within.ts';
import { type Instant, instantOf } from './lifetime.ts';
import { isAhead, type Need } from './need.ts';
import type { Grant, ProviderContext } from './provider.ts';
import { randomShare } from './random.ts';

export interface Sending {
  readonly need: Need;
  readonly call: (context: ProviderContext) => Promise<Grant>;
  readonly idempotencyKey: string;
  /** The request spends a refresh token, whose repetition the server takes up to this instant, by the wall clock. */
  readonly spends: { readonly replayUntilMs: number } | undefined;
  /** An earlier request may have spent it already. Set here as well, after an answer that was lost. */
  maybeSpent: boolean;
}

export interface Sent {
  readonly grant: Grant;
  /** When its life began, at the latest. */
  readonly since: Instant;
}

export async function send(engine: Engine, sending: Sending): Promise<Sent> {
  const { clock, policy, provider } = engine.parts;
  const { idempotencyKey } = sending;
  const isLong = provider.traits.interactive === true && sending.need.interactive;
  const timeoutMs = isLong ? policy.interactiveTimeoutMs : policy.httpTimeoutMs;
  // What may have been spent long ago gets one careful attempt.
  const mostAttempts = isLong || (sending.maybeSpent && !isReplayable(engine, sending)) ? 1 : policy.retries + 1;
  for (let attempt = 1; ; attempt += 1) {
    const before = instantOf(clock);
    try {
      const grant = await exchangeWithin(engine, timeoutMs, { idempotencyKey, attempt }, sending.call);
      return { grant, since: isLong ? instantOf(clock) : before };
    } catch (thrown) {
      const error = engine.failure(thrown);
      const waitMs = attempt < mostAttempts ? pauseBefore(engine, sending, error, attempt) : undefined;
      sending.maybeSpent ||= error.uncertain && sending.spends !== undefined;
      if (waitMs === undefined) throw error;
      await clock.sleep(waitMs, { background: true });
    }
  }
}

const isReplayable = (engine: Engine, { spends }: Sending): boolean =>
  spends === undefined || engine.parts.clock.nowMs() < spends.replayUntilMs;

/** Milliseconds to wait for the next attempt; `undefined` where there should be none. */
function pauseBefore(engine: Engine, sending: Sending, error: TokenError, attempt: number): number | undefined {
  const { policy } = engine.parts;
  if (!error.retryable) return undefined;
  // No answer at all after the request left: only the server's replay window makes a repetition safe.
  if (error.uncertain && error.status === undefined && !isReplayable(engine, sending)) return undefined;
  const backoffMs = randomShare() * Math.min(policy.backoffMostMs, policy.backoffFirstMs * 2 ** (attempt - 1));
  const waitMs = Math.max(backoffMs, error.retryAfterMs ?? 0);
  if (waitMs > policy.backoffMostMs) return undefined;
  const leftMs = isAhead(sending.need) ? (engine.held?.servableForMs() ?? 0) : Number.POSITIVE_INFINITY;
  return waitMs < leftMs ? waitMs : undefined;
}
