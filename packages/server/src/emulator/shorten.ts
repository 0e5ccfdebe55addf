/**
 * Shows what arrived without what it was worth: of every secret the first characters, enough to tell two apart.
 * Secrets are known by the name they come under; what looks like a JWT is one under any name.
 */

const shownCharacters = 6;
/** A shorter secret, such as a password that a person chose, would be half told by its beginning. */
const leastToShow = 16;

export const shorten = (secret: string): string =>
  secret.length < leastToShow ? '…' : `${secret.slice(0, shownCharacters)}…`;

/** Names end so where their values are secrets: `x-acs-security-token`, `client_secret`, `privateKeyPem`, but no `errorCode`. */
const secretName =
  /(?:token|ticket|secret|password|passwd|pwd|assertion|signature|(?<!(?:error|status)[-_]?)code|verifier|cookie|hint|(?:private|secret|api)[-_]?key(?:pem)?)$/i;

const jwt = /eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

const shortenJwts = (text: string): string => text.replace(jwt, shorten);

export const shortenValue = (name: string, value: string): string =>
  secretName.test(name) ? shorten(value) : shortenJwts(value);

/** Keeps the scheme and who it is; shortens what proves it. */
export function shortenAuthorization(value: string): string {
  const v1 = /^(LOG [^:\s]+:)(.+)$/.exec(value);
  const v4 = v1 ?? /^(SLS4-HMAC-SHA256 .*Signature=)(.+)$/.exec(value);
  const other = v4 ?? /^(\S+ )(.+)$/.exec(value);
  return other ? `${other[1]}${shorten(other[2] ?? '')}` : shorten(value);
}

export function shortenHeader(name: string, value: string): string {
  return /^(?:proxy-)?authorization$/.test(name) ? shortenAuthorization(value) : shortenValue(name, value);
}

/** A query or a form; its spelling is kept where nothing is secret. */
export function shortenPairs(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      return at < 0 ? shortenJwts(pair) : `${pair.slice(0, at)}=${shortenValue(pair.slice(0, at), pair.slice(at + 1))}`;
    })
    .join('&');
}

/** JSON text with the secrets in it shortened; what cannot be read as JSON is shown by its size only. */
export function shortenJson(text: string): string {
  try {
    return JSON.stringify(
      JSON.parse(text, (name, value) => (typeof value === 'string' ? shortenValue(name, value) : value)),
    );
  } catch {
    return sizeOnly(text);
  }
}

/** A body under its content type. Types that nobody here reads are shown by their size. */
export function shortenBody(contentType: string, text: string): string {
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return shortenJson(text);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return shortenPairs(text);
  return sizeOnly(text);
}

const sizeOnly = (text: string): string => `(${Buffer.byteLength(text)} bytes)`;
