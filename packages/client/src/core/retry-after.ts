/** `Retry-After` (RFC 9110, section 10.2.3). */

/**
 * Milliseconds from now; `undefined` where the header is missing or makes no sense.
 * @param serverNowMs the server's time, which a date is meant by.
 */
export function retryAfterMs(header: string | null, serverNowMs: number): number | undefined {
  const text = header?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const atMs = Date.parse(text);
  return Number.isFinite(atMs) && !/^-?\d/.test(text) ? Math.max(0, atMs - serverNowMs) : undefined;
}
