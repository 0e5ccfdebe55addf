/** A request that carries its time. Where this machine's clock is wrong, the refusal itself says by how much. */

import { type ExchangeAnswer, type ExchangeRequest, exchange } from './exchange.ts';
import { clockToleranceMs } from './lifetime.ts';
import type { ProviderContext } from './provider.ts';

/**
 * Sends what `make` makes for the server's time. Where that is refused, and the answer moved what is known of that time, it is
 * made and sent once more.
 *
 * @param isRefused only where nothing took effect.
 */
export async function exchangeTimed(
  context: ProviderContext,
  make: (serverNowMs: number) => Promise<ExchangeRequest>,
  isRefused: (answer: ExchangeAnswer) => boolean,
): Promise<ExchangeAnswer> {
  const { clock } = context;
  const offsetMs = clock.offsetMs();
  const answer = await exchange(context, await make(clock.nowMs() + offsetMs));
  if (!isRefused(answer) || Math.abs(clock.offsetMs() - offsetMs) < clockToleranceMs) return answer;
  return exchange(context, await make(clock.nowMs() + clock.offsetMs()));
}
