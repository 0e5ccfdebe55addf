/** The address of a server, as an option names it. */

import { refuse } from './given.ts';

export interface EndpointOptions {
  /** Plain http to other machines: secrets and tokens go in clear text. To this machine it is always allowed. Default false. */
  readonly allowPlainHttp?: boolean | undefined;
}

const loopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/;

/** Without a slash at its end. A host alone stands for https. Throws `TokenError` with `config`. */
export function endpointOf(given: string, { allowPlainHttp }: EndpointOptions): string {
  const text = given.includes('://') ? given : `https://${given}`;
  const url = /^https?:/.test(text) && URL.canParse(text) && new URL(text);
  const endpoint = url && withoutSlash(url.origin + url.pathname);
  // A query, a fragment or a user would stand in one of the two only.
  if (!endpoint || endpoint !== withoutSlash(url.href)) return refuse('the endpoint is no https:// address');
  if (url.protocol === 'https:' || allowPlainHttp || loopback.test(url.hostname)) return endpoint;
  return refuse('the endpoint is plain http to another machine: use https, or set allowPlainHttp');
}

const withoutSlash = (text: string): string => text.replace(/\/+$/, '');
