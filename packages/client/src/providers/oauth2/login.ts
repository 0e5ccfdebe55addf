/** Logins at servers, whose users leave in one request and come back in another. */

import type { PendingLogin } from '../../core/authorize.ts';
import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import type { Grant } from '../../core/provider.ts';
import { codeFlow } from './code.ts';
import type { CodeClient } from './settings.ts';

export interface OAuth2Login {
  /** Send the user to its `url`, and keep the rest with their session. */
  begin(options?: CallOptions): Promise<PendingLogin>;
  /**
   * @param callback the URL that the user came back to, or its query from `?` on.
   * @returns what `TokenSource.adopt` takes.
   */
  complete(callback: string, pending: Omit<PendingLogin, 'url'>, options?: CallOptions): Promise<Grant>;
}

/** @example const login = oauth2Login({ issuer, clientId, clientSecret, redirectUri }); */
export function oauth2Login(options: CodeClient & DirectOptions): OAuth2Login {
  const flow = codeFlow(options, ['fetch', 'clock', 'timeoutMs']);
  const direct = directly(options);
  return {
    begin: (call) => direct(call, (context) => flow.begin(context)),
    complete: (callback, pending, call) => direct(call, (context) => flow.complete(callback, pending, context)),
  };
}
