/** Reads a token of any dialect: whose format is it, does its signature hold, which grant does it name. */

import { grantRefusal, type StoredGrant } from '../core/grant.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { isOver } from '../core/time.ts';
import type { TokenFacts, TokenFormat, TokenView } from '../core/token.ts';
import type { GrantStore, RefreshTokens, Signer } from './ports.ts';

/** The facts of a token of exactly this format; its signature holds, its life is not over. */
export function readToken(signer: Signer, format: TokenFormat, token: string, nowMs: number): Decision<TokenFacts> {
  const payload = signer.verify(format, token);
  if (!payload) return refuse({ code: 'credential_invalid', detail: 'not signed by a live key' });
  const facts = format.read(payload);
  if (!facts) return refuse({ code: 'credential_invalid', detail: `not a ${format.type}` });
  if (isOver(facts.expiresAtMs, nowMs)) return refuse({ code: 'credential_expired' });
  return accept(facts);
}

/** The grant behind a token, whether it lives or not. */
export async function findGrantOf(
  store: Pick<GrantStore, 'findGrant'>,
  facts: Pick<TokenFacts, 'grantId'>,
): Promise<Decision<StoredGrant>> {
  const grant = await store.findGrant(facts.grantId);
  return grant ? accept(grant) : refuse({ code: 'grant_unknown', grantId: facts.grantId });
}

/** A token of any of the formats, with its living grant. */
export async function recognize(
  parts: {
    readonly signer: Signer;
    readonly store: Pick<GrantStore, 'findGrant'>;
    readonly formats: readonly TokenFormat[];
  },
  token: string,
  nowMs: number,
): Promise<Decision<TokenView>> {
  let refusal = refuse({ code: 'credential_invalid', detail: 'of no known format' });
  for (const format of parts.formats) {
    const facts = readToken(parts.signer, format, token, nowMs);
    if (!facts.ok) {
      if (facts.reason.code !== 'credential_invalid') refusal = facts;
      continue;
    }
    const found = await findGrantOf(parts.store, facts.value);
    if (!found.ok) return found;
    const grant = found.value;
    const isOutdated = facts.value.generation !== undefined && facts.value.generation < grant.generation;
    if (isOutdated && !format.outlivesRotation) return refuse({ code: 'credential_expired' });
    const dead = grantRefusal(grant, nowMs);
    return dead ? refuse(dead) : accept({ format, facts: facts.value, grant });
  }
  return refusal;
}

/** A token of any kind, refresh tokens among them, with its living grant. */
export interface Recognized {
  readonly grant: StoredGrant;
  /** The format's type, or `refresh_token`. */
  readonly kind: string;
  /** `undefined` for a refresh token, which says nothing of itself but its generation. */
  readonly view: TokenView | undefined;
  readonly generation: number | undefined;
}

/** A refresh token of an older generation still names its grant: whoever hands it back means the session. */
export async function recognizeAny(
  parts: {
    readonly signer: Signer;
    readonly refreshTokens: Pick<RefreshTokens, 'read'>;
    readonly store: Pick<GrantStore, 'findGrant'>;
    readonly formats: readonly TokenFormat[];
  },
  token: string,
  nowMs: number,
): Promise<Decision<Recognized>> {
  const renewal = parts.refreshTokens.read(token);
  if (renewal) {
    const found = await findGrantOf(parts.store, renewal);
    if (!found.ok) return found;
    const dead = grantRefusal(found.value, nowMs);
    if (dead) return refuse(dead);
    return accept({ grant: found.value, kind: 'refresh_token', view: undefined, generation: renewal.generation });
  }
  const recognized = await recognize(parts, token, nowMs);
  if (!recognized.ok) return recognized;
  const { grant, format, facts } = recognized.value;
  return accept({ grant, kind: format.type, view: recognized.value, generation: facts.generation });
}
