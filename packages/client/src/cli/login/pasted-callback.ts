/** A login whose user does not come back to this machine: they bring along the address at which they ended. */

import { createInterface } from 'node:readline/promises';
import { TokenError } from '../../core/errors.ts';
import type { ClientIo } from '../io.ts';

/** Asks on a terminal, and reads a line of standard input elsewhere. What is pasted has a code in it: it is not shown. */
export async function pastedCallback(io: ClientIo): Promise<string> {
  const text = io.askHidden
    ? await io.askHidden('Address at which the browser ended (not shown): ')
    : await firstLine(io);
  const callback = text.trim();
  if (callback.includes('?')) return callback;
  throw new TokenError({
    code: 'interaction_required',
    message: 'what was given is not the address of a login: it has no question mark in it',
  });
}

async function firstLine({ stdin }: ClientIo): Promise<string> {
  const lines = createInterface({ input: stdin, terminal: false });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
}
