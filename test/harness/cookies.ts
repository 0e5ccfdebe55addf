/** A browser's cookies for one host (RFC 6265, with SameSite and name prefixes as browsers enforce them). */

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly sameSite: 'strict' | 'lax' | 'none';
  /** `undefined` for a cookie of the session. */
  readonly expiresAtMs: number | undefined;
}

export interface Errand {
  readonly url: URL;
  readonly method: string;
  /** Whether a page of another site makes the browser ask. */
  readonly crossSite: boolean;
}

export interface CookieJar {
  /** What is kept, for tests to look at. */
  all(): readonly Cookie[];
  /** Takes what an answer sets; `lines` are its `Set-Cookie` headers. What a browser refuses is not kept. */
  keep(url: URL, lines: readonly string[]): void;
  /** The `Cookie` header for a request; `undefined` where there is none to send. */
  header(errand: Errand): string | undefined;
}

/** @param nowMs the browser's clock: that of the emulator, where a test moves it. */
export function createCookieJar(nowMs: () => number = Date.now): CookieJar {
  const cookies = new Map<string, Cookie>();
  const live = (): Cookie[] => [...cookies.values()].filter((cookie) => !isOver(cookie, nowMs()));
  return {
    all: live,
    keep(url, lines) {
      for (const line of lines) {
        const cookie = readCookie(url, line, nowMs());
        if (!cookie) continue;
        const key = `${cookie.name};${cookie.path}`;
        cookies.delete(key);
        if (!isOver(cookie, nowMs())) cookies.set(key, cookie);
      }
    },
    header(errand) {
      const sent = live().filter((cookie) => goesAlong(cookie, errand));
      sent.sort((a, b) => b.path.length - a.path.length);
      return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
  };
}

const isOver = ({ expiresAtMs }: Cookie, nowMs: number): boolean => expiresAtMs !== undefined && expiresAtMs <= nowMs;

function readCookie(url: URL, line: string, nowMs: number): Cookie | undefined {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  if (at < 0 || name === '') return undefined;
  const attributes = new Map(
    rest.map((part) => {
      const [word = '', ...value] = part.split('=');
      return [word.trim().toLowerCase(), value.join('=').trim()] as const;
    }),
  );
  const path = attributes.get('path');
  const cookie: Cookie = {
    name,
    value: pair.slice(at + 1).trim(),
    path: path?.startsWith('/') ? path : url.pathname.slice(0, Math.max(1, url.pathname.lastIndexOf('/'))),
    secure: attributes.has('secure'),
    httpOnly: attributes.has('httponly'),
    sameSite: sameSiteOf(attributes.get('samesite')),
    expiresAtMs: endOf(attributes, nowMs),
  };
  return mayBeKept(cookie, url, attributes.has('domain')) ? cookie : undefined;
}

/** Browsers take a cookie without a word on it for lax. */
function sameSiteOf(value: string | undefined): Cookie['sameSite'] {
  const word = value?.toLowerCase();
  return word === 'strict' || word === 'none' ? word : 'lax';
}

/** `Max-Age` goes before `Expires`. */
function endOf(attributes: ReadonlyMap<string, string>, nowMs: number): number | undefined {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined && /^-?\d+$/.test(maxAge)) return nowMs + Number(maxAge) * 1000;
  const expiresAtMs = Date.parse(attributes.get('expires') ?? '');
  return Number.isNaN(expiresAtMs) ? undefined : expiresAtMs;
}

/** A `Domain` would hand the cookie to neighbours, which no page of ours wants: it is refused here altogether. */
function mayBeKept({ name, path, secure, sameSite }: Cookie, url: URL, hasDomain: boolean): boolean {
  if (hasDomain) return false;
  if (secure ? url.protocol !== 'https:' : sameSite === 'none') return false;
  if (name.startsWith('__Host-')) return secure && path === '/';
  return secure || !name.startsWith('__Secure-');
}

function goesAlong({ path, secure, sameSite }: Cookie, { url, method, crossSite }: Errand): boolean {
  if (secure && url.protocol !== 'https:') return false;
  const inside = url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`);
  if (!inside || !crossSite) return inside;
  return sameSite === 'none' || (sameSite === 'lax' && method === 'GET');
}
