/**
 * Shows what arrived without what it was worth: of every secret the first characters, enough to tell two apart.
 * Secrets are known by the name they come under; what looks like a JWT is one under any name.
 */

import { sdkUndefined } from '@hufu/wire/pds';

const shownCharacters = 6;
/** A shorter secret, such as a password that a person chose, would be half told by its beginning. */
const leastToShow = 16;

export const shorten = (secret: string): string =>
  secret.length < leastToShow ? '…' : `${secret.slice(0, shownCharacters)}…`;

/**
 * Names end so where their values are secrets: `x-acs-security-token`, `client_secret`, `privateKeyPem`, but no `errorCode` and
 * no `accessKeyId`. SCNet's `accessKey` is a name and not a secret, but it comes with one.
 */
const secretName =
  /(?:token|ticket|secret|password|passwd|pwd|assertion|signature|(?<!(?:error|status)[-_]?)code|verifier|cookie|hint|handle|(?:private|secret|api|access)[-_]?key(?:pem)?)$/i;

/** One-time codes and the codes of errors have the same name; these say in words what they mean. */
const isErrorCode = (name: string, beside: object): boolean =>
  name === 'code' && ('message' in beside || 'msg' in beside);

const jwt = /eyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g;

const shortenJwts = (text: string): string => text.replace(jwt, shorten);

/** The word that a client of PDS writes where its caller gave no secret is none, and the reason of many a refusal. */
export const shortenValue = (name: string, value: string): string =>
  secretName.test(name) && value !== sdkUndefined ? shorten(value) : shortenJwts(value);

/** Keeps the scheme and who it is; shortens what proves it. */
export function shortenAuthorization(value: string): string {
  const v1 = /^(LOG [^:\s]+:)(.+)$/.exec(value);
  const v4 = v1 ?? /^(SLS4-HMAC-SHA256 .*Signature=)(.+)$/.exec(value);
  const other = v4 ?? /^(\S+ )(.+)$/.exec(value);
  if (!other) return shorten(value);
  const [, scheme = '', proof = ''] = other;
  return /^basic $/i.test(scheme) ? `${scheme}${shortenBasic(proof)}` : `${scheme}${shorten(proof)}`;
}

/** Shown decoded: the beginning of what is encoded would tell of a short name's secret. */
function shortenBasic(encoded: string): string {
  const [, id, secret = ''] =
    /^([\x21-\x39\x3b-\x7e]*):(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('latin1')) ?? [];
  return id === undefined ? '…' : `(${id}:${shorten(secret)})`;
}

export function shortenHeader(name: string, value: string): string {
  if (/^(?:proxy-)?authorization$/.test(name)) return shortenAuthorization(value);
  return name === 'location' || name === 'referer' ? shortenAddress(value) : shortenValue(name, value);
}

/** An address with parameters, in its query or behind `#`: a redirect brings a one-time code there. */
const shortenAddress = (value: string): string =>
  shortenJwts(
    value.replace(/([?&#])([^=?&#]+)=([^&#]*)/g, (_, mark: string, name: string, text: string) => {
      return `${mark}${name}=${shortenValue(name, text)}`;
    }),
  );

/** A query or a form; its spelling is kept where nothing is secret. */
export function shortenPairs(text: string): string {
  return text
    .split('&')
    .map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) return shortenJwts(pair);
      const [name, value] = [pair.slice(0, at), pair.slice(at + 1)];
      return `${name}=${shortenValue(decoded(name), value)}`;
    })
    .join('&');
}

/** A name that is spelt another way is the same to who reads the form. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

/** JSON text with the secrets in it shortened; what cannot be read as JSON is shown by its size only. */
export function shortenJson(text: string): string {
  try {
    return JSON.stringify(shortenMember('', JSON.parse(text)));
  } catch {
    return sizeOnly(text);
  }
}

/** What stands in a list is called as the list is. */
function shortenMember(name: string, value: unknown): unknown {
  if (typeof value === 'string') return shortenValue(name, value);
  if (Array.isArray(value)) return value.map((one) => shortenMember(name, one));
  if (typeof value === 'object' && value !== null) {
    const shown = ([key, one]: [string, unknown]): [string, unknown] => {
      const isShown = typeof one === 'string' && isErrorCode(key, value);
      return [key, isShown ? shortenJwts(one) : shortenMember(key, one)];
    };
    return Object.fromEntries(Object.entries(value).map(shown));
  }
  return typeof value === 'number' && secretName.test(name) ? '…' : value;
}

/** A body under its content type. Types that nobody here reads are shown by their size. */
export function shortenBody(contentType: string, text: string): string {
  if (/^application\/(?:[\w.+-]+\+)?json\b/i.test(contentType)) return shortenJson(text);
  if (/^application\/x-www-form-urlencoded\b/i.test(contentType)) return shortenPairs(text);
  return sizeOnly(text);
}

const sizeOnly = (text: string): string => `(${Buffer.byteLength(text)} bytes)`;
