/**
 * Whether a form was sent from a page of ours that this browser was shown. Two answers have to agree: what the browser says
 * of the request's origin, and a token that only the page held and only this browser's cookie fits.
 */

import type { Hashing } from '../../core/proof.ts';
import type { WireRequest } from '../../dialects/dialect.ts';
import type { Random, Sealing } from '../../service/ports.ts';

/** What a form is for. A token of one form is none for another. */
export type FormPurpose = 'log_in' | 'consent' | 'sign_out';

/** 256 bits in base64url. */
const cookieForm = /^[A-Za-z0-9_-]{43}$/;

export const isFormCookie = (value: string | undefined): value is string =>
  value !== undefined && cookieForm.test(value);

export const newFormCookie = (random: Random): string => Buffer.from(random.bytes(32)).toString('base64url');

/** @param about what the form carries besides: the sealed request, or the session that it would end. */
export const formToken = (
  sealing: Pick<Sealing, 'keyedHash'>,
  cookie: string,
  purpose: FormPurpose,
  about: string,
): string => sealing.keyedHash(JSON.stringify([purpose, cookie, about]), 'login_form');

export interface FormCheck {
  readonly sealing: Pick<Sealing, 'keyedHash'>;
  readonly hashing: Pick<Hashing, 'equal'>;
  /** Origin of `server.publicUrl`: a proxy may have put another Host. */
  readonly publicOrigin: string | undefined;
}

/** @param cookie as the browser sent it. */
export function isOwnForm(
  { sealing, hashing, publicOrigin }: FormCheck,
  headers: WireRequest['headers'],
  cookie: string | undefined,
  purpose: FormPurpose,
  about: string,
  token: string,
): boolean {
  if (comesFromElsewhere(headers, publicOrigin) || !isFormCookie(cookie)) return false;
  return hashing.equal(formToken(sealing, cookie, purpose, about), token);
}

/**
 * What the browser says (Fetch, section 3.2 and Fetch Metadata, section 2.3). Where it says nothing, as an older one does or
 * under `no-referrer`, which makes the origin `null`, the token decides alone.
 */
export function comesFromElsewhere(headers: WireRequest['headers'], publicOrigin: string | undefined): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  if (origin === undefined || origin === 'null' || origin === publicOrigin) return false;
  return URL.parse(origin)?.host !== host;
}
