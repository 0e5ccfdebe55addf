/** What ends a grant from outside: the record goes, and what a refresh under way puts in its place. */

import type { Engine } from './engine.ts';
import { revoke } from './exchange-within.ts';
import type { Keeper } from './keeper.ts';

/** Ends the grants at the server, too, where `revokes`. True where that is known to have worked. */
export async function endSession(engine: Engine, keeper: Keeper, revokes: boolean): Promise<boolean> {
  engine.epoch += 1;
  engine.held = undefined;
  const underWay = engine.flight?.end();
  keeper.end?.();
  const ended = [await keeper.remove()];
  if (underWay) {
    // It finds the record gone and throws away what it gets, except where its own write came in between.
    await underWay;
    engine.held = undefined;
    ended.push(await keeper.remove());
  }
  const outcomes = await Promise.all(ended.map((grant) => grant && revokes && revoke(engine, grant)));
  return outcomes.includes(true) && !outcomes.includes(false);
}
