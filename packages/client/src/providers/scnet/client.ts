/** The vendor's calls by their own names, without a token source. */

import type { Account, RegionRow, RegionServices } from '@hufu/wire/scnet';
import { type CallOptions, type DirectOptions, directly } from '../../core/direct.ts';
import type { ProviderContext } from '../../core/provider.ts';
import { center, login, renew, state, user } from './operations.ts';
import { type ScnetConnection, type ScnetSettings, settingsOf } from './settings.ts';

export type ScnetClientOptions = ScnetConnection & DirectOptions;

/** All throw `TokenError`; its `vendorCode` is the vendor's (`isScnetError`). */
export interface ScnetClient {
  /** A row for each region that the user may use, and the platform's, `clusterId` 0. `token` is null where the account is disabled. */
  login(options?: CallOptions): Promise<readonly RegionRow[]>;
  /** The next token for one, until 24 hours after its end (`tokens/next`). */
  renew(token: string, options?: CallOptions): Promise<string>;
  /** Whether a token holds (`tokens/state`). */
  state(token: string, options?: CallOptions): Promise<boolean>;
  /** The region of a token, and the addresses of its services that are switched on. Not with the platform's token. */
  center(token: string, options?: CallOptions): Promise<RegionServices>;
  /** The platform's view of the user. */
  user(token: string, options?: CallOptions): Promise<Account>;
}

/** @example const rows = await scnetClient({ user, accessKey, secretKey }).login(); */
export function scnetClient(options: ScnetClientOptions): ScnetClient {
  const settings = settingsOf(options, ['fetch', 'clock', 'timeoutMs']);
  const direct = directly(options);
  const shown =
    <Result>(send: (settings: ScnetSettings, token: string, context: ProviderContext) => Promise<Result>) =>
    (token: string, call?: CallOptions): Promise<Result> =>
      direct(call, (context) => send(settings, token, context));
  return {
    login: (call) => direct(call, (context) => login(settings, context)),
    renew: shown(renew),
    state: shown(state),
    center: shown(center),
    user: shown(user),
  };
}
