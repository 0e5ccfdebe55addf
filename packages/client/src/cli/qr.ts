/** Addresses as pictures that a telephone reads off the screen. */

import type { ClientIo } from './io.ts';

/** For light terminals and dark ones: it has a border of its own. */
export async function qrOf(text: string): Promise<string> {
  const { renderUnicodeCompact } = await import('uqr');
  return renderUnicodeCompact(text, { border: 2 });
}

/** Writes it to standard error; nothing where it is wider than the terminal. */
export async function showQr(io: ClientIo, url: string): Promise<void> {
  const picture = await qrOf(url);
  const width = picture.indexOf('\n');
  const columns = 'columns' in io.stderr && typeof io.stderr.columns === 'number' ? io.stderr.columns : width;
  if (width <= columns) io.stderr.write(`${picture}\n`);
}
