/** The access token of PDS: what it holds, and in which order. */

/** doc: decoded from the token that the API reference prints. No `kid`; and the payload has no `iss`, `aud`, `sub`, `jti`. */
export const jwtHeader = '{"alg":"RS256","typ":"JWT"}';

/** What `customJson` holds, as text. */
export interface CustomClaims {
  readonly clientId: string;
  readonly domainId: string;
  readonly scope: readonly string[];
  readonly role: string;
  /** Our grant id; what the vendor's `ref` means is not published. */
  readonly ref: string;
  readonly device_id: string;
  /** Ours, behind the documented members: generation of the session that the token belongs to. */
  readonly generation: number;
}

export interface AccessTokenClaims {
  readonly userId: string;
  readonly custom: CustomClaims;
  /** Unix seconds. */
  readonly exp: number;
  readonly iat: number;
}

/** Compact JSON in the documented order. */
export function accessTokenPayload({ userId, custom, exp, iat }: AccessTokenClaims): string {
  const { clientId, domainId, scope, role, ref, device_id, generation } = custom;
  const customJson = JSON.stringify({ clientId, domainId, scope, role, ref, device_id, generation });
  return JSON.stringify({ userId, customJson, exp, iat });
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Reads a decoded access token; `undefined` where it is none of ours. */
export function readAccessToken(payload: Record<string, unknown>): AccessTokenClaims | undefined {
  const { userId, customJson, exp, iat } = payload;
  if (typeof userId !== 'string' || typeof customJson !== 'string' || !isCount(exp) || !isCount(iat)) return undefined;
  const custom = readCustom(customJson);
  return custom && { userId, custom, exp, iat };
}

function readCustom(text: string): CustomClaims | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { clientId, domainId, scope, role, ref, device_id, generation } = value as Record<string, unknown>;
  if (typeof clientId !== 'string' || typeof domainId !== 'string' || typeof role !== 'string') return undefined;
  if (typeof ref !== 'string' || typeof device_id !== 'string' || !isCount(generation)) return undefined;
  if (!Array.isArray(scope) || !scope.every((word) => typeof word === 'string')) return undefined;
  return { clientId, domainId, scope, role, ref, device_id, generation };
}
