/** For clients of the Model Context Protocol: the `authProvider` of their HTTP transports. */

import { systemClock } from '../core/clock.ts';
import type { Clock, Token, TokenSource } from '../core/types.ts';
import { replacing } from './replacement.ts';

export interface McpAuthProvider {
  /** Before every request. */
  token(): Promise<string>;
  /** After a 401: the transport sends the request once more. */
  onUnauthorized(context?: unknown): Promise<void>;
}

/** One for each transport: it remembers which token that sent last. Both methods reject with `TokenError`. */
export function asMcpAuthProvider(source: TokenSource, clock: Clock = systemClock()): McpAuthProvider {
  const replace = replacing(source, clock);
  let sent: Token | undefined;
  return {
    async token() {
      sent = await source.getToken();
      return sent.token;
    },
    async onUnauthorized() {
      // Without another, the same is sent again, refused again, and the transport says so.
      if (sent) await replace(sent);
    },
  };
}
