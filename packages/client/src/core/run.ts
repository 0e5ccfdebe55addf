/** One refresh under way, from the first look at the record until others may make one. */

import type { Engine } from './engine.ts';
import type { IssuedToken } from './issued-token.ts';
import type { Keeper } from './keeper.ts';
import type { Lease } from './lock.ts';
import type { Need } from './need.ts';
import type { Signal } from './platform.ts';

export interface Run {
  readonly engine: Engine;
  readonly keeper: Keeper;
  need: Need;
  /** `Engine.epoch` at its start. */
  readonly epoch: number;
  /** Aborted when nobody waits any more. */
  readonly ending: Signal;
  /** `undefined` where there is no lock, or it does not work. */
  lease?: Lease | undefined;
  /** Gives out a token before the turn of the run is over; the signal says when it shall be. */
  hold?: (token: IssuedToken) => Signal;
  /** How long the server asked to wait, after a failure of this round. */
  deferMs?: number;
  /** How the token was got. */
  by: 'acquire' | 'refresh' | 'adopted';
}

/** `undefined`: the record moved on under the hands of the run, and has to be decided over again. */
export type Outcome = Promise<IssuedToken | undefined>;

export const isLoggedOut = (run: Run): boolean => run.epoch !== run.engine.epoch;
