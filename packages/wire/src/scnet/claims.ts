/** The token of SCNet: what it holds, and in which order. Only the platform that signed it can check it. */

/** doc: decoded from the tokens that renewal-token and get-token-state print. `alg` first, no key named. */
export const jwtHeader = '{"alg":"HS256","typ":"JWT"}';

/** Every one is text on the wire. There is no `exp`, `iat`, `iss` or `sub`: JWT libraries do not notice the expiry. */
export interface DocumentedClaims {
  /** Account on the region's cluster, as job paths name it; it survives a change of the login name (observed). */
  readonly computeUser: string;
  /** As of the issue. */
  readonly accountStatus: string;
  readonly creator: string;
  readonly role: string;
  /** Unix milliseconds. */
  readonly expireTime: number;
  /** Of the region. Printed samples disagree with the row that they stand in: match rows, not claims. */
  readonly clusterId: string;
  /** Who calls: the `orgId` of the login in the newer samples. */
  readonly invoker: string;
  /** Login name on the platform. */
  readonly user: string;
  /** Behind the others, and in the newer samples only. */
  readonly userId?: string;
}

export interface TokenClaims extends DocumentedClaims {
  /** Ours, behind the documented claims. */
  readonly grantId: string;
  /** Ours: which renewal of the grant it is, for servers that let the older ones die. */
  readonly generation: number;
}

/** Compact JSON in the documented order. @throws RangeError where a number is no count. */
export const documentedPayload = (claims: DocumentedClaims): string => JSON.stringify(documented(claims));

/** Likewise, with ours behind. */
export const tokenPayload = (claims: TokenClaims): string =>
  JSON.stringify({
    ...documented(claims),
    grantId: claims.grantId,
    generation: decimal('generation', claims.generation),
  });

function documented(claims: DocumentedClaims): Record<string, string> {
  const { computeUser, accountStatus, creator, role, clusterId, invoker, user, userId } = claims;
  const expireTime = decimal('expireTime', claims.expireTime);
  const always = { computeUser, accountStatus, creator, role, expireTime, clusterId, invoker, user };
  return userId === undefined ? always : { ...always, userId };
}

function decimal(name: string, count: number): string {
  if (Number.isSafeInteger(count) && count >= 0) return String(count);
  throw new RangeError(`claim ${name} must be a whole number, not ${count}`);
}

/** One text for each count: no sign, no leading zero, no blank. */
function readDecimal(value: unknown): number | undefined {
  if (typeof value !== 'string' || !/^(?:0|[1-9]\d{0,15})$/.test(value)) return undefined;
  const count = Number(value);
  return Number.isSafeInteger(count) ? count : undefined;
}

/** Reads the decoded payload of anybody's token; `undefined` where a documented claim is missing or is no text. */
export function readDocumentedClaims(payload: Record<string, unknown>): DocumentedClaims | undefined {
  const { computeUser, accountStatus, creator, role, clusterId, invoker, user, userId } = payload;
  const expireTime = readDecimal(payload.expireTime);
  if (typeof computeUser !== 'string' || typeof accountStatus !== 'string') return undefined;
  if (typeof creator !== 'string' || typeof role !== 'string' || typeof clusterId !== 'string') return undefined;
  if (typeof invoker !== 'string' || typeof user !== 'string' || expireTime === undefined) return undefined;
  const always = { computeUser, accountStatus, creator, role, expireTime, clusterId, invoker, user };
  if (userId === undefined) return always;
  return typeof userId === 'string' ? { ...always, userId } : undefined;
}

/** Reads the decoded payload of a token of ours; `undefined` where it is none, a vendor's among them. */
export function readToken(payload: Record<string, unknown>): TokenClaims | undefined {
  const claims = readDocumentedClaims(payload);
  const generation = readDecimal(payload.generation);
  const { grantId } = payload;
  if (!claims || typeof grantId !== 'string' || generation === undefined) return undefined;
  return { ...claims, grantId, generation };
}
