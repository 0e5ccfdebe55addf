/**
 * Names the client that a refresh token was given to, for callers who leave that out. It proves nothing, and need not: only
 * public clients are taken by their name, and theirs is no secret.
 */

import type { ClientProof } from '../core/proof.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { GrantStore, RefreshTokens } from './ports.ts';
import { findGrantOf } from './recognize.ts';

interface TokenReaders {
  readonly store: Pick<GrantStore, 'findGrant'>;
  readonly refreshTokens: Pick<RefreshTokens, 'read'>;
}

/** Every other proof stays as it is. */
export async function clientOfToken(
  { store, refreshTokens }: TokenReaders,
  proof: ClientProof,
  refreshToken: string,
): Promise<Decision<ClientProof>> {
  if (proof.kind !== 'client_of_token') return accept(proof);
  const facts = refreshTokens.read(refreshToken);
  if (!facts) return refuse({ code: 'credential_invalid', detail: 'not a refresh token' });
  const found = await findGrantOf(store, facts);
  if (!found.ok) return found;
  return accept({ kind: 'client_name', clientId: found.value.clientId ?? '' });
}
