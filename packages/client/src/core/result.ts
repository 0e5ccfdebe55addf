/** What a refresh brought: as it is kept, given out, or thrown away. */

import { cool } from './cool.ts';
import { revoke } from './exchange-within.ts';
import { IssuedToken } from './issued-token.ts';
import type { Instant } from './lifetime.ts';
import type { Grant } from './provider.ts';
import { successor } from './record.ts';
import type { Run } from './run.ts';
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

export function recordOf({ engine }: Run, { grant, since, before }: Result): TokenRecord {
  const { expiresAtMs, lifetimeMs } = grant.token;
  const leastMs = engine.provider.traits.minLifetimeMs;
  let skewMs = engine.clock.offsetMs();
  if (expiresAtMs && leastMs && lifetimeMs === undefined) {
    // Shorter than the server ever gives: our clock is ahead of its.
    const differenceMs = since.wallMs + skewMs + leastMs - expiresAtMs;
    if (differenceMs > 0) {
      engine.tell('clock.skew', { differenceMs });
      skewMs -= differenceMs;
    }
  }
  return successor(engine, before, { grant, receivedAtMs: since.wallMs, skewMs });
}

export async function finish(run: Run, { grant, since }: Result, record: TokenRecord): Promise<IssuedToken> {
  const { engine } = run;
  const token = new IssuedToken(engine, record, grant, since);
  if (token.isServable()) return engine.take(record, token);
  // Kept, since it may be renewed; but whoever asked again at once would get the same.
  const error = engine.error('clock_skew', 'the token is over: a clock is wrong');
  await cool(run, record, error);
  throw error;
}

/** Somebody logged out meanwhile: the grant that there may be must not come back. */
export async function discard({ engine }: Run, grant?: Grant): Promise<never> {
  if (grant) await revoke(engine, grant);
  throw engine.error('closed', 'logged out during the refresh');
}
