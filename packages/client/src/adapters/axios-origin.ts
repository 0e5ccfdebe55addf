/** Where axios will send a request. Where that is in doubt, nowhere: the request then goes without a token. */

import type { AxiosConfig } from './axios-shapes.ts';

/** The page, in browsers. */
declare const location: { readonly href: string } | undefined;

/** As axios tells an address from a path. */
const absolute = /^(?:[a-z][a-z\d+\-.]*:)?\/\//i;

export function originOf({ url = '', baseURL, allowAbsoluteUrls }: AxiosConfig): string | undefined {
  const page = typeof location === 'undefined' ? undefined : location.href;
  const isOwn = !baseURL || (absolute.test(url) && allowAbsoluteUrls !== false);
  if (isOwn) return parsed(url, page)?.origin;
  const base = parsed(baseURL, page);
  if (!base || allowAbsoluteUrls === false) return base?.origin;
  // Joined by axios, a path stays below its base; by the rules for addresses (tabs, backslashes) it may lead elsewhere.
  const strict = parsed(url, base.href);
  return strict?.protocol.startsWith('http') && strict.origin !== base.origin ? undefined : base.origin;
}

function parsed(address: string, base: string | undefined): URL | undefined {
  try {
    return new URL(address, base);
  } catch {
    return undefined;
  }
}
