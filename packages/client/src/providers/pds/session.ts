/** What the sessions of both kinds of applications have in common: they rotate, end, and are told from other failures. */

import { jsonMediaType, paths } from '@hufu/wire/pds';
import { TokenError } from '../../core/errors.ts';
import type { Grant, ProviderContext, ProviderTraits } from '../../core/provider.ts';
import { post, refusalOf } from './operations.ts';
import type { PdsSettings } from './settings.ts';

export interface SessionOptions {
  /**
   * For how long the server answers a refresh token that was just spent with the same successor, so that a lost answer can be
   * asked for again. Default 60 000: Hufu's. The vendor states none; a repetition costs nothing there, since the token is spent.
   */
  readonly replayWindowMs?: number | undefined;
}

export const traitsOf = ({ replayWindowMs = 60_000 }: SessionOptions): ProviderTraits => ({
  rotates: 'yes',
  replayWindowMs,
});

/** Names the attempt, so that Hufu gives its repetition the same successor in any case. The vendor's clients send none. */
export const attemptHeaders = (
  { isVendor }: PdsSettings,
  { idempotencyKey }: ProviderContext,
): Record<string, string> => (isVendor ? {} : { 'idempotency-key': idempotencyKey });

export function refreshTokenOf({ refreshToken }: Grant): string {
  if (refreshToken !== undefined) return refreshToken;
  throw new TokenError({ code: 'reauth_required', message: 'the session came without a refresh token' });
}

/** Logs out: success is 204 (tea: account/revoke). */
export async function endSession(
  settings: PdsSettings,
  app_id: string,
  { refreshToken: refresh_token }: Grant,
  context: ProviderContext,
): Promise<void> {
  if (refresh_token === undefined) return;
  const body = JSON.stringify({ app_id, refresh_token });
  const answer = await post(settings, { path: paths.accountRevoke, contentType: jsonMediaType, body }, context);
  if (answer.status !== 200 && answer.status !== 204) throw refusalOf('revoke', answer, context);
}
