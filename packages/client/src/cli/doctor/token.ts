/**
 * Can a token be had? Asks the server where that leaves nothing behind: a grant that was made to find out is kept nowhere and
 * ended again. A refresh that spends the refresh token, and a login, are left to whoever asks for them.
 */

import { createTokenSource } from '../../core/create.ts';
import { isTokenError } from '../../core/errors.ts';
import type { Provider, Token } from '../../core/types.ts';
import { rfc3339 } from '../formats/instant.ts';
import type { OpenProfile } from '../open-profile.ts';
import { type Check, failed, messageOf, ok, skipped } from '../terminal/check.ts';
import { adviceFor } from './advice.ts';

export interface TokenQuestion {
  readonly open: OpenProfile;
  /** Refresh what is kept, though that may spend a refresh token. */
  readonly refresh: boolean;
  /** What to type, in sentences. */
  readonly login: string;
  readonly doctorRefresh: string;
}

export async function checkToken({ open, refresh, login, doctorRefresh }: TokenQuestion): Promise<Check> {
  const { provider, source, profile } = open;
  const { grant } = profile;
  try {
    await source.ready();
    if (refresh) return got('refreshed', await source.getToken({ forceRefresh: true }));
    if (!provider.traits.interactive) return got(`${grant} works`, await tried(provider));
    const held = source.peek();
    if (!held) return skipped('token', `only a person can get one: ${login}`);
    const until = held.expiresAtMs === undefined ? 'no end is known' : `until ${rfc3339(held.expiresAtMs)}`;
    return skipped(
      'token',
      `one is held, ${until}; a refresh spends the refresh token, so it was not tried: ${doctorRefresh}`,
    );
  } catch (error) {
    const vendorCode = isTokenError(error) ? error.vendorCode : undefined;
    const what = vendorCode === undefined || messageOf(error).includes(vendorCode) ? '' : ` (${vendorCode})`;
    return failed('token', `${messageOf(error)}${what}: ${adviceFor(error, profile.provider, login)}`);
  }
}

/** A token that nobody keeps. */
async function tried(provider: Provider): Promise<Token> {
  await using source = createTokenSource({ provider, policy: { retries: 0, cooldownFirstMs: 0, cooldownMostMs: 0 } });
  const token = await source.getToken();
  await source.logout();
  return token;
}

const got = (how: string, { expiresAtMs }: Token): Check =>
  ok('token', `${how}: a token until ${expiresAtMs === undefined ? 'somebody ends it' : rfc3339(expiresAtMs)}`);
