/**
 * Grant ids: UUIDs of version 4 form whose first 48 bits are the millisecond of issue and whose other 74 are random.
 * Vendors' clients see a UUID v4; the stores get keys that arrive in order, which keeps the cost of a grant flat
 * from a thousand to a million (docs/decisions/0003). An id is a name, not a secret: nothing is granted to whoever knows one.
 */

import { unixSeconds } from './time.ts';

export type GrantId = string;

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export const isGrantId = (text: string): text is GrantId => form.test(text);

/** @param random 20 hexadecimal digits. */
export function grantId(issuedAtMs: number, random: string): GrantId {
  const time = issuedAtMs.toString(16).padStart(12, '0');
  const variant = '89ab'[Number.parseInt(random.charAt(3), 16) & 3];
  return `${time.slice(0, 8)}-${time.slice(8)}-4${random.slice(0, 3)}-${variant}${random.slice(4, 7)}-${random.slice(7, 19)}`;
}

/**
 * Request ids: 24 upper-case digits, the first 8 of them the unix second, as the vendor's samples show (three of three).
 *
 * @param random 16 hexadecimal digits.
 */
export const requestId = (nowMs: number, random: string): string =>
  (unixSeconds(nowMs).toString(16).padStart(8, '0') + random).toUpperCase();
