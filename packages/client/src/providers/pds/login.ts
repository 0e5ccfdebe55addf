/** Logins at servers, whose users leave in one request and come back in another. */

import type { PendingLogin } from '../../core/authorize.ts';
import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import type { Grant } from '../../core/provider.ts';
import { applicationOf, begin, complete, type PdsApplication } from './oauth-application.ts';

export interface PdsLogin {
  /** Send the user to its `url`, and keep the rest with their session. */
  begin(): PendingLogin;
  /**
   * @param callback the URL that the user came back to, or its query from `?` on.
   * @returns what `TokenSource.adopt` takes.
   */
  complete(callback: string, pending: Omit<PendingLogin, 'url'>, options?: CallOptions): Promise<Grant>;
}

/** @example const login = pdsLogin({ domainId, clientId, clientSecret, redirectUri }); */
export function pdsLogin(options: PdsApplication & DirectOptions): PdsLogin {
  const application = applicationOf(options, ['fetch', 'clock', 'timeoutMs']);
  const direct = directly(options);
  return {
    begin: () => begin(application),
    complete: (callback, pending, call) => direct(call, (context) => complete(application, callback, pending, context)),
  };
}
