/** For AWS SDK clients and what takes their providers: bearer tokens, and keys for services that speak S3. */

import type { Token, TokenSource } from '../core/types.ts';
import { temporaryKey } from './access-key.ts';
import { localEndMs } from './local-end.ts';

/** As the SDK passes it on: get another one, however fresh the one is that is held. */
export interface IdentityOptions {
  readonly forceRefresh?: boolean;
}

export interface TokenIdentity {
  readonly token: string;
  readonly expiration?: Date;
}

export interface KeyIdentity {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration?: Date;
}

/** For `token: asIdentityProvider(source)`. The SDK's own window does no harm: while a token is fresh, asking costs nothing. */
export const asIdentityProvider =
  (source: TokenSource) =>
  async (options?: IdentityOptions): Promise<TokenIdentity> => {
    const token = await asked(source, options);
    return { token: token.token, ...expiration(token) };
  };

/** For `credentials: asKeyIdentityProvider(source)`. The tokens of the source are those that `asOssRefresher` takes. */
export const asKeyIdentityProvider =
  (source: TokenSource) =>
  async (options?: IdentityOptions): Promise<KeyIdentity> => {
    const token = await asked(source, options);
    const { id, secret, securityToken } = temporaryKey(token);
    return { accessKeyId: id, secretAccessKey: secret, sessionToken: securityToken, ...expiration(token) };
  };

const asked = (source: TokenSource, options?: IdentityOptions): Promise<Token> =>
  options?.forceRefresh ? source.getToken({ forceRefresh: true }) : source.getToken();

function expiration(token: Token): { readonly expiration?: Date } {
  const endMs = localEndMs(token);
  return endMs === undefined ? {} : { expiration: new Date(endMs) };
}
