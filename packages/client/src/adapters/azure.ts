/** For Azure SDK clients, and for others that take a `TokenCredential`. */

import type { Signal, TokenSource } from '../core/types.ts';
import { localEndMs } from './local-end.ts';

/** What is read of their `AbortSignalLike`. */
export interface AbortSignalShape {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface CredentialOptions {
  readonly abortSignal?: AbortSignalShape;
  /** A challenge: the token that was sent is not enough any more. */
  readonly claims?: string;
}

export interface AccessTokenShape {
  readonly token: string;
  /** Unix milliseconds. */
  readonly expiresOnTimestamp: number;
  readonly refreshAfterTimestamp?: number;
}

export interface TokenCredentialShape {
  getToken(scopes: string | readonly string[], options?: CredentialOptions): Promise<AccessTokenShape>;
}

/** Their field is required: the end of the year 9999 stands for none. */
const noEndMs = Date.UTC(9999, 11, 31);

/** `scopes` are not looked at: a token source has those that it was made with. */
export const asTokenCredential = (source: TokenSource): TokenCredentialShape => ({
  async getToken(_scopes, { abortSignal, claims } = {}) {
    // A token source reads no more of a signal than theirs has.
    const signal = abortSignal && { signal: abortSignal as unknown as Signal };
    const token = await source.getToken({ ...signal, ...(claims !== undefined && { forceRefresh: true }) });
    const { refreshAtMs } = token;
    return {
      token: token.token,
      expiresOnTimestamp: localEndMs(token) ?? noEndMs,
      ...(refreshAtMs !== undefined && { refreshAfterTimestamp: refreshAtMs }),
    };
  },
});
