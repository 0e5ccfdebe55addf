/** Addresses as pictures that a telephone reads off the screen. */

import type { ClientIo } from './io.ts';

/** Writes it to standard error; nothing where it is wider than the terminal. */
export async function showQr(io: ClientIo, url: string): Promise<void> {
  const { renderUnicodeCompact } = await import('uqr');
  const picture = renderUnicodeCompact(url, { border: 2 });
  const width = picture.indexOf('\n');
  const columns = 'columns' in io.stderr && typeof io.stderr.columns === 'number' ? io.stderr.columns : width;
  if (width <= columns) io.stderr.write(`${picture}\n`);
}
