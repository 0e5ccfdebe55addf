/** Access tokens of SLS that stay fresh: a ticket gives one whenever asked, and a new ticket follows before the old one ends. */

import { accessTokenLifetimeSeconds } from '@hufu/wire/sls';
import { identityKey } from '../../core/identity.ts';
import { claimsOf } from '../../core/jwt.ts';
import { present } from '../../core/present.ts';
import type { Grant, Provider, ProviderContext } from '../../core/provider.ts';
import { type CreateTicketParams, createTicket, refreshToken } from './operations.ts';
import { type SlsConnection, settingsOf } from './settings.ts';

/** {@link CreateTicketParams} say how long tickets and tokens shall live. */
export type SlsOptions = SlsConnection &
  CreateTicketParams & {
    /**
     * Names whose tokens these are, where the ids of temporary keys change and the store outlives them. Default: the id of
     * the key.
     */
    readonly identity?: string | undefined;
  };

/**
 * A token's `extra.ticket` is the ticket that it came from, for links with `sls_ticket`. The user needs `log:CreateTicket` and
 * `log:RefreshToken`.
 *
 * @example const source = createTokenSource({ provider: sls({ accessKeyId, accessKeySecret }) });
 */
export function sls(options: SlsOptions): Provider {
  const settings = settingsOf(options, ['expirationTime', 'accessTokenExpirationTime', 'identity']);
  const { expirationTime, accessTokenExpirationTime, identity } = options;
  const wantedSeconds = accessTokenExpirationTime ?? accessTokenLifetimeSeconds.default;

  async function tokenOf(ticket: string, endsAtMs: number | undefined, context: ProviderContext): Promise<Grant> {
    const renewed = await refreshToken(settings, { ticket, accessTokenExpirationTime }, context);
    const { accessToken: token, expiresAtMs, lifetimeMs = wantedSeconds * 1000 } = renewed;
    const fields = { token, lifetimeMs, ...present({ expiresAtMs }), extra: { ticket } };
    return { token: fields, ...present({ refreshExpiresAtMs: endsAtMs }) };
  }

  async function acquire(context: ProviderContext): Promise<Grant> {
    const { ticket, expiresAtMs } = await createTicket(
      settings,
      { expirationTime, accessTokenExpirationTime },
      context,
    );
    return tokenOf(ticket, expiresAtMs, context);
  }

  return {
    id: 'sls',
    kind: 'ticket',
    traits: { rotates: 'no' },
    async key() {
      const { endpoint } = settings;
      const who = identity ?? (await settings.accessKey()).accessKeyId;
      return identityKey('sls', { endpoint, who, expirationTime, accessTokenExpirationTime });
    },
    acquire,
    async refresh(previous, context) {
      const { ticket } = previous.token.extra ?? {};
      if (typeof ticket !== 'string') return acquire(context);
      // A ticket that ends sooner than the token would cut it, and the next one shorter still.
      const { tokenExp } = claimsOf(ticket) ?? {};
      const neededMs = Math.min(wantedSeconds, Number(tokenExp) || wantedSeconds) * 1000;
      const leftMs = (previous.refreshExpiresAtMs ?? 0) - context.clock.nowMs() - context.clock.offsetMs();
      return leftMs < neededMs ? acquire(context) : tokenOf(ticket, previous.refreshExpiresAtMs, context);
    },
  };
}
