/** The address of a server, as an option names it. */

import { TokenError } from './errors.ts';

export interface EndpointOptions {
  /** Plain http to other machines: secrets and tokens go in clear text. To this machine it is always allowed. Default false. */
  readonly allowPlainHttp?: boolean | undefined;
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Without a slash at its end. A host alone stands for https. Throws `TokenError` with `config`. */
export function endpointOf(option: string, given: string, { allowPlainHttp = false }: EndpointOptions): string {
  const refuse = (message: string): never => {
    throw new TokenError({ code: 'config', message: `${option} ${message}` });
  };
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(text)) return refuse('is no address: write https://host, or https://host:port');
  const { protocol, hostname, origin, pathname, search, hash, username, password } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return refuse('has to begin with https://');
  if (search || hash || username || password) return refuse('may have neither query, fragment nor user');
  if (protocol === 'http:' && !allowPlainHttp && !loopback.test(hostname)) {
    return refuse('is plain http to another machine: use https, or set allowPlainHttp');
  }
  return origin + pathname.replace(/\/+$/, '');
}
