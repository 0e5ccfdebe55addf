/** The mark of 虎符: a tiger's head in two halves. Their notches are the strokes of 王 on its brow, and the seam its upright. */

import { type Html, html, trusted } from './escape.ts';

const half = [
  'M30.5 13H24C21 8 15 6.5 9 8c-1.5 5-.5 10 2.5 14C8 27.5 6.5 33 7.5 39c2 11 11.5 18 23 19',
  'V47h-9a1.75 1.75 0 0 1 0-3.5h9v-7.25h-13a1.75 1.75 0 0 1 0-3.5h13V25.5h-9a1.75 1.75 0 0 1 0-3.5h9z',
].join('');
const mirrored = 'matrix(-1 0 0 1 64 0)';

/** Always beside the name, so that it says nothing to a screen reader. */
export const mark: Html = html`<svg class="mark" viewBox="0 0 64 64" fill="currentColor" aria-hidden="true">
<g class="left"><path d="${half}"/></g><g class="right"><path d="${half}" transform="${mirrored}"/></g></svg>`;

/** The half that is this server's, as large as the bronze it lies on; its notches open towards the seam. */
export const relief: Html = html`<svg class="relief" viewBox="6.5 6 24 54" fill="currentColor" aria-hidden="true"><path d="${half}"/></svg>`;

const iconSource = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" rx="14" fill="#17473d"/>',
  '<g fill="#e3c37a" transform="translate(8 8) scale(.75)">',
  `<path d="${half}"/><path d="${half}" transform="${mirrored}"/></g></svg>`,
].join('');

/** In the page itself: a browser that is given no icon asks for one at a path that nobody serves. */
export const icon: Html = trusted(`data:image/svg+xml,${encodeURIComponent(iconSource)}`);
