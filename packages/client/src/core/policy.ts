/** When to refresh, how long to wait, how often to try. Every number is an option; nothing has to be set. */

import { never } from './clock.ts';
import { refuse } from './given.ts';
import { present } from './present.ts';

export interface Policy {
  /** Refresh ahead in the last part of a lifetime: at most so long... */
  readonly softMs: number;
  /** ...and at most this share of the lifetime. A provider's hint (`refreshAtMs`) wins over both. */
  readonly softShare: number;
  /** The soft part is shortened by up to this share, differently in each process, so that they do not all come at once. */
  readonly jitterShare: number;
  /** A token is not served in the last part of its lifetime: at most so long... */
  readonly hardMs: number;
  /** ...and at most this share of the lifetime. */
  readonly hardShare: number;
  /** Deadline of one exchange with the server. */
  readonly httpTimeoutMs: number;
  /** Deadline of an `acquire` in which a person takes part. */
  readonly interactiveTimeoutMs: number;
  /** Longest wait for the lock. Longer than an exchange, or those who wait would give up on one that works. */
  readonly lockWaitMs: number;
  /** A holder of the lock that was silent for so long is dead. Longer than the wait. */
  readonly leaseMs: number;
  /** After this long a refresh is given up by those who wait for it, whatever it hangs in. */
  readonly flightTimeoutMs: number;
  /** Further attempts after a failure that is worth one. */
  readonly retries: number;
  /** Waits between attempts: anything up to this, doubled each time... */
  readonly backoffFirstMs: number;
  /** ...up to this. */
  readonly backoffMostMs: number;
  /** A `Retry-After` up to here is waited for by callers without a usable token; a longer one fails at once. */
  readonly retryAfterMostMs: number;
  /** After a failure nobody asks again for so long, doubled with each in a row... */
  readonly cooldownFirstMs: number;
  /** ...up to this, or to what the server asked for. */
  readonly cooldownMostMs: number;
  /** Whether a token may be served after its end while no other can be had. */
  readonly staleIfError: 'usable' | 'expired-ok';
  /** Lifetime of tokens that come without one. Infinite: valid until a server refuses them. */
  readonly assumeLifetimeMs: number;
  /** A rotated grant that the store does not take: serve it from memory (a server), or fail (a command that ends soon). */
  readonly onPersistFailure: 'serve' | 'throw';
}

export type PolicyOptions = { readonly [Name in keyof Policy]?: Policy[Name] | undefined };

export const defaultPolicy: Policy = {
  softMs: 300_000,
  softShare: 0.2,
  jitterShare: 0.25,
  hardMs: 10_000,
  hardShare: 0.05,
  httpTimeoutMs: 10_000,
  interactiveTimeoutMs: 900_000,
  lockWaitMs: 15_000,
  leaseMs: 30_000,
  flightTimeoutMs: 120_000,
  retries: 3,
  backoffFirstMs: 250,
  backoffMostMs: 4_000,
  retryAfterMostMs: 60_000,
  cooldownFirstMs: 15_000,
  cooldownMostMs: 300_000,
  staleIfError: 'usable',
  assumeLifetimeMs: never,
  onPersistFailure: 'serve',
};

/** Throws `TokenError` with `config` that names the option which cannot work. */
export function policyOf(options: PolicyOptions = {}): Policy {
  const policy: Policy = { ...defaultPolicy, ...present(options) };
  for (const [name, value] of Object.entries(policy)) {
    const most = name.endsWith('Share') ? 1 : never;
    if (typeof value === 'number' && !(value >= 0 && value <= most))
      refuse(`policy: ${name} must be from 0 to ${most}`);
  }
  return policy;
}
