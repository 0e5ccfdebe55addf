/** The token of one region of SCNet, or of the platform itself: it renews itself, and a login follows where it cannot. */

import {
  isUsableAccount,
  platformRegion,
  type RegionRow,
  type RegionServices,
  renewalWindowSeconds,
} from '@hufu/wire/scnet';
import { isTokenError } from '../../core/errors.ts';
import { refuse } from '../../core/given.ts';
import { identityKey } from '../../core/identity.ts';
import { claimsOf } from '../../core/jwt.ts';
import type { JsonObject } from '../../core/platform.ts';
import { present } from '../../core/present.ts';
import type { Grant, Provider, ProviderContext } from '../../core/provider.ts';
import type { Token } from '../../core/token.ts';
import { isAuthFailure } from './errors.ts';
import { center, login, renew } from './operations.ts';
import { type ScnetConnection, settingsOf } from './settings.ts';

export type ScnetOptions = ScnetConnection & {
  /**
   * The region: `clusterId` of a login's row. Default `0`, the platform, whose token is good for platform calls only
   * (authentication, user resources).
   */
  readonly clusterId?: string | undefined;
  /** Whether a region's addresses are asked for, too, with its first token. Default true. */
  readonly withCenter?: boolean | undefined;
};

/**
 * A region's token has in `extra` what goes with it: `clusterName`, `accountStatus`, `computeUser`, `homePath`, and the addresses
 * of its services (`scnetUrls`). Requests carry it in the header `token`.
 *
 * @example createTokenSource({ provider: scnet({ user, accessKey, secretKey, clusterId: '11250' }) })
 */
export function scnet(options: ScnetOptions): Provider {
  const settings = settingsOf(options, ['clusterId', 'withCenter']);
  const { clusterId = platformRegion.clusterId, withCenter = true } = options;
  const hasCenter = withCenter && clusterId !== platformRegion.clusterId;

  /** The grant of a token, with the region's addresses where they are not known yet. */
  async function complete(grant: Grant, known: JsonObject, context: ProviderContext): Promise<Grant> {
    if (!hasCenter || known.urls !== undefined) return grant;
    const { token } = grant;
    try {
      const { homePath, urls } = await center(settings, token.token, context);
      return { ...grant, token: { ...token, extra: { ...token.extra, homePath, urls } } };
    } catch (error) {
      if (!isTokenError(error)) throw error;
      // The token is good without them; the next renewal asks again.
      context.log(`no addresses of the region: ${error.message}`);
      return grant;
    }
  }

  return {
    id: 'scnet',
    kind: 'accessKey' in options ? 'access-key' : 'password',
    // Nothing says that a renewal ends the old token.
    traits: { rotates: 'no' },
    key: () => identityKey('scnet', { ...settings.bases, user: options.user, clusterId }),
    async acquire(context) {
      const rows = await login(settings, context);
      const row = rows.find((one) => one.clusterId === clusterId);
      if (!row) return refuse(`no region ${clusterId} among the ${rows.length} of the login`);
      return complete(scnetGrant(row), {}, context);
    },
    async refresh({ token: { token, extra = {} } }, context) {
      return complete(grantOf(await renew(settings, token, context), {}), extra, context);
    },
    isAuthFailure,
  };
}

/** The addresses that came with a region's token; `undefined` where there are none. */
export function scnetUrls({ extra }: Pick<Token, 'extra'>): RegionServices['urls'] | undefined {
  const { urls } = extra;
  // Put there by `complete`; stores give back what they got.
  return urls === undefined ? undefined : (urls as RegionServices['urls']);
}

/**
 * The grant of a login's row, for `TokenSource.adopt`. Throws `TokenError` with `config` for a region whose account is disabled:
 * it has no token until it is topped up.
 */
export function scnetGrant({ clusterId, clusterName, token }: RegionRow): Grant {
  return grantOf(token, { clusterId, clusterName });
}

function grantOf(token: string | null, region: JsonObject): Grant {
  const { expireTime, user, computeUser, accountStatus } = claimsOf(token ?? '') ?? {};
  // A printed row of a disabled account has a token all the same.
  if (!token || !isUsableAccount(String(accountStatus)))
    return refuse('the account is disabled in this region: top it up');
  const expiresAtMs = Number(expireTime) || undefined;
  const subject = typeof user === 'string' ? user : undefined;
  return {
    token: {
      token,
      ...present({ expiresAtMs, subject }),
      extra: { ...region, ...present({ accountStatus, computeUser }) },
    },
    ...(expiresAtMs && { refreshExpiresAtMs: expiresAtMs + renewalWindowSeconds * 1000 }),
  };
}
