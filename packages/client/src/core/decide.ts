/** What a refresh does with the record that stands there. */

import { never } from './clock.ts';
import type { Engine } from './engine.ts';
import { clockToleranceMs } from './lifetime.ts';
import type { Need } from './need.ts';
import type { Grant } from './provider.ts';
import { pauseOf } from './record.ts';

/** The grant to refresh; `undefined`: acquire one. Throws where neither is right now. */
export function renewable(engine: Engine, { interactive: isLogin, forced }: Need): Grant | undefined {
  const { record, provider, clock } = engine;
  const nowMs = clock.nowMs();
  if (!isLogin) {
    if (record?.dead) {
      const code = record.dead.code === 'rotation_lost' ? 'rotation_lost' : 'reauth_required';
      throw engine.error(code, 'the grant can no longer be renewed: log in again');
    }
    const pause = pauseOf(engine);
    if (pause) {
      throw engine.error(pause.code, 'the server has a pause after a failure', {
        retryAfterMs: pause.untilMs - nowMs,
      });
    }
  }
  const grant = record?.grant;
  const endMs = grant?.refreshExpiresAtMs ?? never;
  const isOver = nowMs + (clock.offsetMs() || (record?.skewMs ?? 0)) > endMs + clockToleranceMs;
  if (grant && provider.refresh && !record.dead && !isOver && !(isLogin && forced)) return grant;
  if (provider.traits.interactive && !isLogin) {
    throw engine.error(grant ? 'reauth_required' : 'interaction_required', 'a person has to log in');
  }
  return undefined;
}
