/**
 * A token source that has its secrets looked for before it goes to the server, and not while it is there: a password manager may
 * ask a person, which takes longer than an exchange may; and a variable that is not set is no failure of the server, after which
 * everybody pauses.
 */

import type { Token } from '../../core/token.ts';
import type { GetTokenOptions, TokenSource } from '../../core/token-source.ts';

/** @param prepare throws `TokenError`. */
export function preparedSource(source: TokenSource, prepare: () => Promise<void>): TokenSource {
  async function getToken(options: GetTokenOptions = {}): Promise<Token> {
    await source.ready();
    const { forceRefresh = false, reject, minValidityMs = 0 } = options;
    const held = forceRefresh || reject ? undefined : source.peek();
    const isEnough = held?.isUsable(minValidityMs);
    if (isEnough && source.status().state === 'fresh') return source.getToken(options);
    try {
      await prepare();
    } catch (error) {
      // It would have been refreshed ahead: that can wait.
      if (held && isEnough) return held;
      throw error;
    }
    return source.getToken(options);
  }
  return {
    getToken,
    peek: () => source.peek(),
    status: () => source.status(),
    invalidate: (token, reason) => source.invalidate(token, reason),
    adopt: (grant) => source.adopt(grant),
    async logout(options) {
      // Without its secrets a grant may stay at the server, and goes here all the same.
      if (options?.revoke !== false) await prepare().catch(() => {});
      return source.logout(options);
    },
    on: (type, listener) => source.on(type, listener),
    ready: () => source.ready(),
    close: () => source.close(),
    [Symbol.asyncDispose]: () => source.close(),
  };
}
