/** Step 8: asks the server, and again where that is right. Nothing but the deadline of an exchange ends a request. */

import { never } from './clock.ts';
import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import { exchangeWithin } from './exchange-within.ts';
import { type Instant, instantOf } from './lifetime.ts';
import { isAhead, type Need } from './need.ts';
import type { Grant, ProviderContext } from './provider.ts';
import { randomShare } from './random.ts';
import type { Intent } from './token-store.ts';

export interface Sending {
  readonly need: Need;
  /** The grant that is refreshed; `undefined`: one is acquired. */
  readonly previous: Grant | undefined;
  readonly intent: Intent;
  /** The request spends a refresh token, and the intent stands in the record. */
  readonly spends: boolean;
  /** An earlier request may have spent it already. Set here as well, after an answer that was lost. */
  maybeSpent: boolean;
}

export interface Sent {
  readonly grant: Grant;
  /** When its life began, at the latest. */
  readonly since: Instant;
}

export async function send(engine: Engine, sending: Sending): Promise<Sent | TokenError> {
  const { clock, policy, provider } = engine;
  const { need, previous, spends } = sending;
  const { idempotencyKey, startedAtMs } = sending.intent;
  const isLong = need.interactive && !previous;
  const call = async (context: ProviderContext): Promise<Grant> =>
    previous && provider.refresh ? provider.refresh(previous, context) : provider.acquire(context);
  const timeoutMs = isLong ? policy.interactiveTimeoutMs : policy.httpTimeoutMs;
  /** Whether the server takes a repetition, by the wall clock. */
  const isReplayable = (): boolean => !spends || clock.nowMs() < startedAtMs + (provider.traits.replayWindowMs ?? 0);
  // What may have been spent long ago gets one careful attempt.
  const mostAttempts = isLong || (sending.maybeSpent && !isReplayable()) ? 1 : policy.retries + 1;
  for (let attempt = 1; ; attempt += 1) {
    const before = instantOf(clock);
    try {
      const grant = await exchangeWithin(engine, timeoutMs, call, idempotencyKey, attempt);
      return { grant, since: isLong ? instantOf(clock) : before };
    } catch (thrown) {
      const error = engine.failure(thrown);
      sending.maybeSpent ||= error.uncertain && spends;
      // No answer at all after the request left: only the server's replay window makes a repetition safe.
      const isSafe = !error.uncertain || error.status !== undefined || isReplayable();
      const backoffMs = randomShare() * Math.min(policy.backoffMostMs, policy.backoffFirstMs * 2 ** (attempt - 1));
      const waitMs = Math.max(backoffMs, error.retryAfterMs ?? 0);
      const leftMs = isAhead(need) ? (engine.held?.servableForMs() ?? 0) : never;
      const isWorthIt = error.retryable && isSafe && waitMs <= policy.backoffMostMs && waitMs < leftMs;
      if (!isWorthIt || attempt >= mostAttempts) return error;
      await clock.sleep(waitMs, { background: true });
    }
  }
}
