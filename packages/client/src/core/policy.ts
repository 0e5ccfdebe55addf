/** When to refresh, how long to wait, how often to try. Every number is an option; nothing has to be set. */

import { TokenError } from './errors.ts';
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
  /** Lifetime of tokens that come without one; `undefined`: valid until a server refuses them. */
  readonly assumeLifetimeMs: number | undefined;
  /** A rotated grant that the store does not take: serve it from memory (a server), or fail (a command that ends soon). */
  readonly onPersistFailure: 'serve' | 'throw';
}

export type PolicyOptions = { readonly [Name in keyof Policy]?: Policy[Name] | undefined };

const second = 1000;
const minute = 60 * second;

export const defaultPolicy: Policy = {
  softMs: 5 * minute,
  softShare: 0.2,
  jitterShare: 0.25,
  hardMs: 10 * second,
  hardShare: 0.05,
  httpTimeoutMs: 10 * second,
  interactiveTimeoutMs: 15 * minute,
  lockWaitMs: 15 * second,
  leaseMs: 30 * second,
  flightTimeoutMs: 2 * minute,
  retries: 3,
  backoffFirstMs: 250,
  backoffMostMs: 4 * second,
  retryAfterMostMs: minute,
  cooldownFirstMs: 15 * second,
  cooldownMostMs: 5 * minute,
  staleIfError: 'usable',
  assumeLifetimeMs: undefined,
  onPersistFailure: 'serve',
};

/** Throws `TokenError` with `config` that names the option which cannot work. */
export function policyOf(options: PolicyOptions = {}): Policy {
  const policy: Policy = { ...defaultPolicy, ...present(options) };
  const refuse = (message: string): never => {
    throw new TokenError({ code: 'config', message: `policy: ${message}` });
  };
  for (const [name, value] of Object.entries(policy)) {
    if (typeof value === 'number' && !(value >= 0)) refuse(`${name} must be a number from 0 on`);
    if (name.endsWith('Share') && Number(value) > 1) refuse(`${name} is a share: at most 1`);
  }
  const { httpTimeoutMs, lockWaitMs, leaseMs } = policy;
  if (!(httpTimeoutMs < lockWaitMs && lockWaitMs < leaseMs)) refuse('httpTimeoutMs < lockWaitMs < leaseMs must hold');
  return policy;
}
