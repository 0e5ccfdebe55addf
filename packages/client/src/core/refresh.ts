/** One refresh: looks whether it is done already, and has it done; again where others came in between. */

import { never } from './clock.ts';
import { renewable } from './decide.ts';
import type { IssuedToken } from './issued-token.ts';
import { isAhead, suits } from './need.ts';
import { rotate } from './rotate.ts';
import type { Outcome, Run } from './run.ts';

const mostRounds = 5;

export async function refresh(run: Run): Promise<IssuedToken> {
  const { engine, keeper } = run;
  let patienceMs = isAhead(run.need) ? 0 : engine.policy.retryAfterMostMs;
  for (let round = 1; ; round += 1) {
    run.deferMs = never;
    try {
      const token = await keeper.turn(run, () => work(run));
      if (token) return token;
      if (round >= mostRounds) throw engine.error('store_conflict', 'the record changes all the time');
    } catch (error) {
      // The server named its time: a caller without a token would come back then anyway. Nobody is kept waiting by a lock.
      if (run.deferMs > patienceMs || round >= mostRounds) throw error;
      patienceMs -= run.deferMs;
      await engine.clock.sleep(run.deferMs, { signal: run.ending, background: true });
      if (run.ending.aborted) throw error;
    }
  }
}

async function work(run: Run): Outcome {
  const { held } = run.engine;
  return held && suits(held, run.need) ? held : rotate(run, renewable(run.engine, run.need));
}
