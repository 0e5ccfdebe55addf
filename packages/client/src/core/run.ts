/** One refresh under way, from the first look at the store until the lock is let go. */

import type { Engine } from './engine.ts';
import type { IssuedToken } from './issued-token.ts';
import type { Lease } from './lock.ts';
import type { Need } from './need.ts';

export interface Run {
  readonly engine: Engine;
  need: Need;
  /** `Engine.epoch` at its start. */
  readonly epoch: number;
  /** Gives callers their token before the run is over. */
  readonly publish: (token: IssuedToken) => void;
  /** Aborted when the run shall not outlive what it has published. */
  readonly ending: AbortSignal;
  /** `undefined` where the lock does not work. */
  lease: Lease | undefined;
  /** How long the server asked to wait, after a failure of this run. */
  deferMs: number | undefined;
  /** How the token was got. */
  by: 'acquire' | 'refresh' | 'adopted';
}

/** The record moved on under the hands of the run: it has to be read and decided over again. */
export const again = Symbol('again');
export type Again = typeof again;

export const isLoggedOut = (run: Run): boolean => run.epoch !== run.engine.epoch;
