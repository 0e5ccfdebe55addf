/** What to do about a need, given the record that stands there. */

import type { Engine } from './engine.ts';
import type { TokenError } from './errors.ts';
import type { IssuedToken } from './issued-token.ts';
import { clockToleranceMs } from './lifetime.ts';
import { type Need, suits } from './need.ts';
import type { Grant } from './provider.ts';
import { isCooling } from './record.ts';
import type { TokenRecord } from './token-store.ts';

export type Decision =
  /** Somebody else has done it already. */
  | { readonly do: 'adopt'; readonly record: TokenRecord; readonly token: IssuedToken }
  | { readonly do: 'refuse'; readonly error: TokenError }
  | { readonly do: 'refresh'; readonly record: TokenRecord; readonly grant: Grant }
  | { readonly do: 'acquire'; readonly record: TokenRecord | undefined };

export function decide(engine: Engine, record: TokenRecord | undefined, need: Need): Decision {
  const { provider, clock } = engine.parts;
  const nowMs = clock.nowMs();
  const grant = record?.grant;
  const token = record && grant && engine.found(record, grant);
  if (record && token && suits(token, need)) return { do: 'adopt', record, token };
  const isLogin = need.interactive && provider.traits.interactive === true;
  if (isLogin && need.forced) return { do: 'acquire', record };
  if (record?.dead && !isLogin) {
    const code = record.dead.code === 'rotation_lost' ? 'rotation_lost' : 'reauth_required';
    return { do: 'refuse', error: engine.error(code, 'the grant can no longer be renewed: log in again') };
  }
  if (isCooling(record?.cooldown, nowMs) && !isLogin) {
    const { code, untilMs } = record.cooldown;
    const retryAfterMs = untilMs - nowMs;
    return { do: 'refuse', error: engine.error(code, 'the server is given a pause after a failure', { retryAfterMs }) };
  }
  const endMs = grant?.refreshExpiresAtMs ?? Number.POSITIVE_INFINITY;
  const isOver = nowMs + (clock.offsetMs() || (record?.skewMs ?? 0)) > endMs + clockToleranceMs;
  if (record && grant && provider.refresh && !record.dead && !isOver) return { do: 'refresh', record, grant };
  if (provider.traits.interactive && !isLogin) {
    const code = grant ? 'reauth_required' : 'interaction_required';
    return { do: 'refuse', error: engine.error(code, 'a person has to log in') };
  }
  return { do: 'acquire', record };
}
