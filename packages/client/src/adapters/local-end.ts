/** When a token ends by the clock of this machine, which is what other libraries compare with. */

import type { Token } from '../core/types.ts';

/** Unix milliseconds; `undefined` where no end is known. */
export const localEndMs = ({ lifetimeMs, receivedAtMs, expiresAtMs }: Token): number | undefined =>
  lifetimeMs === undefined ? expiresAtMs : receivedAtMs + lifetimeMs;
