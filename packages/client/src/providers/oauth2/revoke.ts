/** Hands a grant back (RFC 7009): by its refresh token where there is one, which ends its access tokens, too. */

import { processRevocationResponse, revocationRequest } from 'oauth4webapi';
import type { Grant } from '../../core/provider.ts';
import type { Asking } from './server.ts';

export async function endGrant(
  { server, client, auth, options }: Asking,
  { refreshToken, token }: Grant,
): Promise<void> {
  await processRevocationResponse(await revocationRequest(server, client, auth, refreshToken ?? token.token, options));
}
