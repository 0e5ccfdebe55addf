/**
 * What the two JWTs hold, and in which order: rebuilt from the printed samples, whose bodies are 284 and 273 bytes long.
 * doc: "Create a login-free ticket" and "Refresh the access token" (samples of 2024-10-30, read 2026-11-22).
 */

/** `{"typ":"JWT","alg":"HS256"}`: `typ` first, no `kid`. */
export const jwtHeader = '{"typ":"JWT","alg":"HS256"}';

/** `type` of tickets that CreateTicket makes; console-made shares carry another word. */
export const embeddedType = 'embedded';

export interface TicketClaims {
  /** Longest life of an access token that this ticket gives, in seconds. */
  readonly tokenExp: number;
  readonly type: string;
  /** End of the ticket, unix seconds. */
  readonly exp: number;
  /** Issue time in unix milliseconds. */
  readonly nonce: number;
  /** Issue time in unix seconds. */
  readonly iat: number;
  /** Lower-case UUID v4. */
  readonly ticketId: string;
}

export interface AccessTokenClaims {
  /** The `ticketId` of the ticket that gave it. */
  readonly accessTokenId: string;
  readonly type: string;
  readonly exp: number;
  readonly nonce: number;
  readonly iat: number;
}

/** Compact JSON in the vendor's key order. */
export function ticketPayload(claims: TicketClaims): string {
  return `{"tokenExp":${claims.tokenExp},"type":${JSON.stringify(claims.type)},"exp":${claims.exp},"nonce":${claims.nonce},"iat":${claims.iat},"ticketId":${JSON.stringify(claims.ticketId)}}`;
}

/** Compact JSON in the vendor's key order. */
export function accessTokenPayload(claims: AccessTokenClaims): string {
  return `{"accessTokenId":${JSON.stringify(claims.accessTokenId)},"type":${JSON.stringify(claims.type)},"exp":${claims.exp},"nonce":${claims.nonce},"iat":${claims.iat}}`;
}

const isCount = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value);

/** Reads a decoded ticket payload; `undefined` where it is none. */
export function readTicket(payload: Record<string, unknown>): TicketClaims | undefined {
  const { tokenExp, type, exp, nonce, iat, ticketId } = payload;
  if (!isCount(tokenExp) || !isCount(exp) || !isCount(nonce) || !isCount(iat)) return undefined;
  if (typeof type !== 'string' || typeof ticketId !== 'string') return undefined;
  return { tokenExp, type, exp, nonce, iat, ticketId };
}

/** Reads a decoded access token payload; `undefined` where it is none. */
export function readAccessToken(payload: Record<string, unknown>): AccessTokenClaims | undefined {
  const { accessTokenId, type, exp, nonce, iat } = payload;
  if (!isCount(exp) || !isCount(nonce) || !isCount(iat)) return undefined;
  if (typeof type !== 'string' || typeof accessTokenId !== 'string') return undefined;
  return { accessTokenId, type, exp, nonce, iat };
}
