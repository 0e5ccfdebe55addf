/** Where an authorization answer may go: exactly where the client's operator said (RFC 9700, section 2.1). */

/** A loopback address by number, whose port a native app cannot know ahead (RFC 8252, section 7.3). */
const loopback = /^http:\/\/(127\.0\.0\.1|\[::1\])(?::\d{1,5})?(\/.*)?$/;

/** Whether `asked` is one of the registered ones: the same text, but for the port of a loopback address. */
export const isRegistered = (registered: readonly string[], asked: string): boolean =>
  registered.includes(asked) || registered.some((one) => isSameLoopback(one, asked));

function isSameLoopback(registered: string, asked: string): boolean {
  const known = loopback.exec(registered);
  const given = loopback.exec(asked);
  return known !== null && given !== null && known[1] === given[1] && (known[2] ?? '') === (given[2] ?? '');
}

/** Why a client may not be registered with this URI, or `undefined`. */
export function redirectUriProblem(uri: string): string | undefined {
  if (!/^[\x21-\x7e]{1,2048}$/.test(uri)) return 'must be 1 to 2048 printable ASCII characters';
  if (uri.includes('#')) return 'must have no fragment';
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(uri)?.[1]?.toLowerCase();
  if (scheme === undefined) return 'must be an absolute URI';
  if (/^(?:javascript|data|vbscript|file|blob|about|mailto|ws|wss|ftp)$/.test(scheme)) return `must not use ${scheme}:`;
  if (scheme === 'http' && !loopback.test(uri) && !/^http:\/\/localhost(?::\d{1,5})?(?:\/.*)?$/.test(uri)) {
    return 'must use https, or http on a loopback address';
  }
  if (scheme === 'https' && !/^https:\/\/[^/?@\s]+(?:[/?].*)?$/.test(uri)) return 'must name a host and no user';
  return undefined;
}

/** The URI with these parameters behind those that it has. */
export function withParameters(uri: string, parameters: readonly (readonly [name: string, value: string])[]): string {
  const text = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
  if (text === '') return uri;
  if (!uri.includes('?')) return `${uri}?${text}`;
  return uri.endsWith('?') || uri.endsWith('&') ? uri + text : `${uri}&${text}`;
}
