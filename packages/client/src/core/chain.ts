/** The first token source that has a token: environment, then file, then login. */

import { isTokenError, TokenError } from './errors.ts';
import type { TokenEvents, TokenEventType } from './events.ts';
import type { Token } from './token.ts';
import type { GetTokenOptions, TokenSource } from './token-source.ts';

/**
 * Asks the sources in order, and keeps to the one whose token is still good. The next is asked where one has nothing to
 * offer; a server that does not answer now is an answer, since the next source may be somebody else.
 */
export function chain(...sources: readonly [TokenSource, ...TokenSource[]]): TokenSource {
  /** Whose token was given out last. */
  let [current] = sources;
  const close = async (): Promise<void> => {
    await Promise.all(sources.map((source) => source.close()));
  };
  return {
    async getToken(options?: GetTokenOptions): Promise<Token> {
      // Whose token is refused, and who has no other, has nothing to offer either.
      const others = sources.filter((source) => source !== current);
      const order = current.peek() ? [current, ...others] : sources;
      for (const source of order) {
        try {
          const token = await source.getToken(options);
          current = source;
          return token;
        } catch (error) {
          if (!hasNothing(error) || source === order.at(-1)) throw error;
        }
      }
      throw new TokenError({ code: 'config', message: 'chain: no token source' });
    },
    peek: () => current.peek(),
    status: () => current.status(),
    invalidate(token, reason) {
      for (const source of sources) if (source.peek()?.token === token.token) source.invalidate(token, reason);
    },
    adopt: (grant) => current.adopt(grant),
    async logout(options) {
      const outcomes = await Promise.all(sources.map((source) => source.logout(options)));
      return { revoked: outcomes.some(({ revoked }) => revoked) };
    },
    on<Type extends TokenEventType>(
      type: Type,
      listener: (event: { readonly type: Type } & TokenEvents[Type]) => unknown,
    ): () => void {
      const offs = sources.map((source) => source.on(type, listener));
      return () => {
        for (const off of offs) off();
      };
    },
    async ready() {
      await Promise.all(sources.map((source) => source.ready()));
      current = sources.find((source) => source.peek()) ?? current;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

const hasNothing = (error: unknown): boolean =>
  isTokenError(error) && (error.reauthRequired || error.code === 'config' || error.code === 'decrypt_failed');
