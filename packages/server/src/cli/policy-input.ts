/** Reads a RAM policy document that was named on the command line. The server says whether it is one. */

import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { usageError } from './failure.ts';
import type { Io } from './io.ts';

/** @param given a file, `-` for standard input, or the document itself. */
export async function readPolicy(io: Io, given: string): Promise<unknown> {
  const text = given.trimStart().startsWith('{') ? given : await contentOf(io, given);
  try {
    return JSON.parse(text);
  } catch {
    throw usageError('the policy is not JSON');
  }
}

async function contentOf(io: Io, given: string): Promise<string> {
  if (given === '-') return readAll(io.stdin);
  try {
    return await readFile(given, 'utf8');
  } catch {
    throw usageError(`the policy file ${given} cannot be read`);
  }
}
