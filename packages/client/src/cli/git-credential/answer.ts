/** Whether git may have the token for where it asks, and in which words. Pure. */

import type { Token } from '../../core/types.ts';
import { type CredentialRequest, formatCredential } from './protocol.ts';

export interface AnswerOptions {
  /** Hosts, with their ports where these are not the usual ones, that may see the token. */
  readonly hosts: readonly string[];
  /** Where git's URL has none. */
  readonly username: string;
  /** `Authorization: Bearer` in place of a name and a password. */
  readonly asBearer: boolean;
}

export type Refusal = 'other-host' | 'plain-http' | 'old-git';

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/;

/** Why git gets nothing; `undefined`: it may have the token. */
export function refusalOf(
  { protocol, host, capabilities }: CredentialRequest,
  { hosts, asBearer }: Pick<AnswerOptions, 'hosts' | 'asBearer'>,
): Refusal | undefined {
  if (!hosts.includes(host)) return 'other-host';
  if (protocol !== 'https' && !(protocol === 'http' && loopback.test(host))) return 'plain-http';
  // Features of a capability must not be used where git did not name it.
  return asBearer && !capabilities.includes('authtype') ? 'old-git' : undefined;
}

/**
 * The refresh token is not among it (`oauth_refresh_token`): git would hand it to every other helper, and two who renew by one
 * refresh token log each other out.
 */
export function answerTo(
  request: CredentialRequest,
  { token, type }: Pick<Token, 'token' | 'type'>,
  /** Unix milliseconds by the local clock; `undefined` where no end is known. */
  endsAtMs: number | undefined,
  { username, asBearer }: AnswerOptions,
): string {
  const end = endsAtMs === undefined ? [] : [['password_expiry_utc', String(Math.floor(endsAtMs / 1000))] as const];
  if (asBearer) {
    return formatCredential([
      ['capability[]', 'authtype'],
      ['authtype', type],
      ['credential', token],
      // Other helpers have nothing to keep: the next one comes from here, too.
      ['ephemeral', '1'],
      ...end,
    ]);
  }
  return formatCredential([['username', request.username ?? username], ['password', token], ...end]);
}
