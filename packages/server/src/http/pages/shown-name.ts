/** Names that others chose, on a page that people trust. */

import { type Html, html } from './escape.ts';

/**
 * Controls, line breaks, and what turns the direction of writing around (Unicode, UAX #9): with them a name could forge lines
 * or read as another. What a script needs for its own letters, as the zero-width joiners, stays.
 */
const forging = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

export const legible = (name: string): string => name.replace(forging, '\ufffd');

/** `bdi` keeps a name that is written from right to left from reordering what stands around it. */
export const shownName = (name: string): Html => html`<bdi class="name" translate="no">${legible(name)}</bdi>`;

/**
 * Where a URL leads, as a browser would name it: in ASCII, so that look-alike letters do not pass. For an application of the
 * device that is its scheme, whose colon tells it from a host; what else stands in such a URL, anybody may write.
 */
export function shownPlace(url: string): string | undefined {
  const place = URL.parse(url);
  if (place === null) return undefined;
  return /^https?:$/.test(place.protocol) ? place.host : place.protocol;
}
