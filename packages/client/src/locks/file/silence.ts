/**
 * Whether a holder that may live is silent: it was stopped, hangs, or lives where its process cannot be seen. Holders touch
 * their file every now and then. The age of the file alone does not say it, since clocks are set; having watched it does.
 */

import type { Version } from '../../files/register.ts';

/** A holder touches its file so often in a lease. */
export const touchesPerLease = 8;
/** One whose file looks too old is watched for this share of a lease: two touches, and less than anybody waits. */
const watchedShare = 1 / 4;

export class Silence {
  #seen:
    | { readonly number: number; readonly touchedAtMs: number; readonly sinceMs: number; looksOld: boolean }
    | undefined;

  /** To be asked with every look at the lock. `monoMs` never jumps, `wallMs` may. */
  isProven(version: Version, leaseMs: number, now: { readonly monoMs: number; readonly wallMs: number }): boolean {
    const { number, touchedAtMs } = version;
    const { monoMs, wallMs } = now;
    if (this.#seen?.number !== number || this.#seen.touchedAtMs !== touchedAtMs) {
      this.#seen = { number, touchedAtMs, sinceMs: monoMs, looksOld: false };
    }
    // A file from the future does not look younger while it is watched.
    this.#seen.looksOld ||= Math.abs(wallMs - touchedAtMs) > leaseMs;
    return monoMs - this.#seen.sinceMs >= (this.#seen.looksOld ? leaseMs * watchedShare : leaseMs);
  }
}
