/** The two cookies of a browser: who is signed in, and what its forms are bound to. */

export interface CookieNames {
  readonly session: string;
  readonly form: string;
}

/**
 * `__Host-` keeps what a neighbouring host or a plain connection plants from passing for ours (RFC 6265bis, section 4.1.3.2).
 * Browsers take such names with TLS only.
 */
export const cookieNames = (isSecure: boolean): CookieNames =>
  isSecure
    ? { session: '__Host-hufu-session', form: '__Host-hufu-form' }
    : { session: 'hufu-session', form: 'hufu-form' };

/** The value of a cookie. One that comes twice is none: a planted one may stand before ours. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  const found = (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`));
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}

/**
 * A `Set-Cookie` value. Lax, so that the browser brings it when an application sends it here, and never with another site's
 * form. It ends with the browser; the server ends a session sooner.
 */
export const setCookie = (name: string, value: string, isSecure: boolean): string =>
  `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;

export const clearCookie = (name: string, isSecure: boolean): string => `${setCookie(name, '', isSecure)}; Max-Age=0`;
