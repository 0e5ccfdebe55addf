/** Where an authorization answer may go: exactly where the client's operator said (RFC 9700, section 2.1). */

/** A loopback address by number, whose port a native app cannot know ahead (RFC 8252, section 7.3). */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?([/?].*)?$/;

/** Whether `asked` is one of the registered ones: the same text, but for the port of a loopback address. */
export const isRegistered = (registered: readonly string[], asked: string): boolean =>
  registered.includes(asked) || registered.some((one) => isSameLoopback(one, asked));

function isSameLoopback(registered: string, asked: string): boolean {
  const known = loopback.exec(registered);
  const given = loopback.exec(asked);
  return known !== null && given !== null && known[1] === given[1] && (known[2] ?? '') === (given[2] ?? '');
}

const longestUri = 2048;

/** The characters of a URI (RFC 3986, section 2): no blank, no quote, and no backslash, which browsers take for a slash. */
const uriText = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;

/** Schemes whose answer would run in the browser, stay in it, or go to another program than an app of the client. */
const foreignSchemes =
  /^(?:javascript|vbscript|data|blob|filesystem|view-source|about|file|ftp|mailto|tel|sms|ws|wss|jar|urn)$/;

/** A name or an address, of which nothing is percent-encoded, then a port; no user before it. */
const authority = /^(?:[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\])(?::(\d{1,5}))?$/;

/** Names of this machine; the name may mean another one, so that its port is compared as it stands. */
const local = /^(?:127\.0\.0\.1|\[::1\]|localhost)(?::\d+)?$/;

/** Why a client may not be registered with this URI, or `undefined`. */
export function redirectUriProblem(uri: string): string | undefined {
  if (uri.length > longestUri) return `must have at most ${longestUri} characters`;
  if (uri.includes('#')) return 'must have no fragment';
  if (!uriText.test(uri)) return 'must have the characters of a URI only, others percent-encoded';
  const [, scheme, rest] = /^([A-Za-z][A-Za-z0-9+.-]*):(.*)$/.exec(uri) ?? [];
  if (scheme === undefined || rest === undefined) return 'must be an absolute URI';
  if (scheme !== scheme.toLowerCase()) return 'must have its scheme in lower case';
  if (foreignSchemes.test(scheme)) return `must not use ${scheme}:`;
  // Else `localhost:3000/callback` would be of a scheme called localhost.
  if (!rest.startsWith('/')) return 'must have a slash after its scheme';
  return scheme === 'http' || scheme === 'https' ? webProblem(scheme, rest) : undefined;
}

function webProblem(scheme: 'http' | 'https', rest: string): string | undefined {
  const host = /^\/\/([^/?]+)/.exec(rest)?.[1];
  const parts = host === undefined ? null : authority.exec(host);
  if (host === undefined || parts === null) return 'must name a host, perhaps a port, and no user';
  if (Number(parts[1] ?? 0) > 65_535) return 'must have a port of at most 65535';
  if (scheme === 'http' && !local.test(host)) return 'must use https, or http on a loopback address';
  return undefined;
}

/** The URI with these parameters behind those that it has. */
export function withParameters(uri: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  // Half of a surrogate pair has no encoding: it becomes U+FFFD, instead of an exception.
  const text = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&');
  if (text === '') return uri;
  const query = uri.indexOf('?');
  if (query === -1) return `${uri}?${text}`;
  return query === uri.length - 1 || uri.endsWith('&') ? uri + text : `${uri}&${text}`;
}
