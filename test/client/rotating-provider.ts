/** The provider for `RotatingServer`, written as providers are. */

import {
  exchange,
  type Grant,
  identityKey,
  type Provider,
  type ProviderContext,
  refusal,
  TokenError,
} from '@hufu/client';

export interface RotatingOptions {
  readonly url: string;
  readonly isReplayable?: boolean | undefined;
  /** Only a login gives a first grant. */
  readonly interactive?: boolean | undefined;
}

export function rotating({ url, isReplayable = false, interactive = false }: RotatingOptions): Provider {
  async function ask(form: Record<string, string>, context: ProviderContext): Promise<Grant> {
    const answer = await exchange(context, {
      url: `${url}/token`,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'idempotency-key': context.idempotencyKey },
      body: new URLSearchParams(form).toString(),
    });
    const { json } = answer;
    if (answer.status !== 200) {
      const vendorCode = typeof json === 'object' && json !== null && 'error' in json ? json.error : undefined;
      const code = vendorCode === 'invalid_grant' ? 'invalid_grant' : undefined;
      throw refusal(answer, context, { code, vendorCode });
    }
    if (
      typeof json === 'object' &&
      json !== null &&
      'access_token' in json &&
      'refresh_token' in json &&
      'expires_in' in json
    ) {
      const { access_token: token, refresh_token: refreshToken, expires_in: seconds } = json;
      return {
        token: { token: String(token), lifetimeMs: Number(seconds) * 1000 },
        refreshToken: String(refreshToken),
      };
    }
    throw new TokenError({ code: 'malformed_response', message: 'no token', uncertain: true });
  }

  return {
    id: 'rotating',
    kind: 'password',
    traits: { rotates: 'yes', interactive, ...(isReplayable && { replayWindowMs: 60_000 }) },
    key: () => identityKey('rotating', { user: 'alice' }),
    acquire: (context) => ask({ grant_type: 'password' }, context),
    refresh: ({ refreshToken = '' }, context) =>
      ask({ grant_type: 'refresh_token', refresh_token: refreshToken }, context),
    async revoke(_grant, context) {
      await exchange(context, { url: `${url}/revoke`, method: 'POST' });
    },
  };
}
