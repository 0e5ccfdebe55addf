/**
 * The token source: serves the token that it holds without any I/O, and has one refresh made for all who need another.
 * When to refresh is decided here; how, in `refresh.ts` and what that calls.
 */

import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import { depart, gaveUp, tellStale } from './flight.ts';
import { IssuedToken } from './issued-token.ts';
import type { Keeper } from './keeper.ts';
import { instantOf } from './lifetime.ts';
import { endSession } from './login.ts';
import { ahead, covers, type Need, needOf, suits } from './need.ts';
import { pauseOf } from './record.ts';
import { statusOf } from './status.ts';
import type { Token } from './token.ts';
import type { GetTokenOptions, TokenSource } from './token-source.ts';

const mostRounds = 3;

export function createSource(engine: Engine, keeper: Keeper): TokenSource {
  const { clock, policy, provider } = engine;
  let opening: Promise<void> | undefined;
  let unwatch: (() => void) | undefined;

  const begin = async (): Promise<void> => {
    engine.key = await provider.key();
    if (!engine.isClosed) unwatch = keeper.watch?.();
  };

  const open = async (): Promise<void> => {
    opening ??= begin().catch((thrown) => {
      opening = undefined;
      throw engine.failure(thrown);
    });
    await opening;
    if (engine.isClosed) throw engine.error('closed', 'the token source was closed');
  };

  const refreshAhead = (): void => {
    if (engine.flight || engine.record?.dead || pauseOf(engine) || clock.monoMs() < engine.aheadFromMs) return;
    depart(engine, keeper, ahead(engine));
  };

  /** The token that is held after all, where it can still be used. */
  const stale = (need: Need, error: TokenError): Token => {
    const { held } = engine;
    const isGood = held?.isServable() || policy.staleIfError === 'expired-ok';
    if (!held || !isGood || held.token === need.avoid) throw error;
    tellStale(engine, held, error);
    engine.release();
    return held;
  };

  const find = async (options: GetTokenOptions = {}): Promise<Token> => {
    const { signal } = options;
    if (signal?.aborted) throw gaveUp(engine, signal);
    for (let round = 1; ; round += 1) {
      await open();
      const { held } = engine;
      const need = needOf(engine, options);
      if (held && suits(held, need)) {
        if (!held.isFresh()) refreshAhead();
        return held;
      }
      const joined = engine.flight ?? depart(engine, keeper, need);
      try {
        const token = await joined.join(signal);
        if (joined.need === need || suits(token, need) || round >= mostRounds) return token;
      } catch (thrown) {
        const error = engine.failure(thrown);
        if (error.code === 'aborted') throw error;
        if (round < mostRounds && !covers(joined.need, need)) continue;
        return stale(need, error);
      }
    }
  };

  const close = async (): Promise<void> => {
    engine.isClosed = true;
    unwatch?.();
    engine.held = undefined;
    await engine.flight?.end();
    await keeper.end?.();
  };

  return {
    getToken(options) {
      const { held } = engine;
      return options || !held?.isFresh() ? find(options) : held.served;
    },
    peek: () => (engine.held?.isServable() ? engine.held : undefined),
    status: () => statusOf(engine),
    invalidate({ token, generation }, reason) {
      if ((engine.held?.token ?? engine.refused ?? token) !== token) return;
      engine.held = undefined;
      engine.refused = token;
      engine.tell('token.invalidated', { generation, reason });
      engine.release();
    },
    async adopt(grant) {
      await open();
      const since = instantOf(clock);
      const record = await keeper.replace({ grant, receivedAtMs: since.wallMs, skewMs: clock.offsetMs() });
      const token = engine.take(record, new IssuedToken(engine, record, grant, since));
      engine.release();
      return token;
    },
    async logout({ revoke = true } = {}) {
      await open();
      const revoked = await endSession(engine, keeper, revoke);
      engine.tell('logout', { by: 'us' });
      engine.release();
      return { revoked };
    },
    on: engine.on,
    async ready() {
      await open();
      await keeper.ready?.();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
