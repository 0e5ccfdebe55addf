/** The Content-Security-Policy of the pages: nothing runs, nothing is loaded, nobody frames them. */

import { styleSource } from './style.ts';

/** RFC 3986, section 3.1, which is also all that a policy takes as a scheme. */
const scheme = /^[a-z][a-z0-9+.-]*:$/;

/**
 * @param redirectUri where the answer to the page's form may send the browser in the end, as it is registered.
 */
export function contentSecurityPolicy(redirectUri?: string): string {
  return [
    `default-src 'none'`,
    `style-src ${styleSource}`,
    `img-src data:`,
    `form-action ${["'self'", ...formTargets(redirectUri)].join(' ')}`,
    `frame-ancestors 'none'`,
    `base-uri 'none'`,
  ].join('; ');
}

/**
 * Chromium holds every redirect that follows a form to `form-action`, also those that the application makes after its
 * callback, which may lead to an origin that we cannot know. So the scheme is what can be said without breaking an honest
 * sign-in; a policy has no words for `http://[::1]:3000` in any case. `http:` stands for `https:` as well.
 */
function formTargets(redirectUri: string | undefined): string[] {
  const protocol = redirectUri === undefined ? undefined : URL.parse(redirectUri)?.protocol;
  return protocol !== undefined && scheme.test(protocol) ? [protocol] : [];
}
