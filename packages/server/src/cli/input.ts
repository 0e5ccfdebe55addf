/** Reads what was named on the command line by its file. The server says whether it is what it should be. */

import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { usageError } from '@hufu/client/terminal';
import type { Io } from './io.ts';

/** A RAM policy document. @param given a file, `-` for standard input, or the document itself. */
export const readPolicy = (io: Io, given: string): Promise<unknown> => readJson(io, given, 'policy');

/** @param what it is, for the sentence that says that it is not. */
export async function readJson(io: Io, given: string, what: string): Promise<unknown> {
  const text = given.trimStart().startsWith('{') ? given : await readInput(io, given, what);
  try {
    return JSON.parse(text);
  } catch {
    throw usageError(`the ${what} is not JSON`);
  }
}

/** The text of a file, or of standard input as `-`. */
export async function readInput(io: Io, given: string, what: string): Promise<string> {
  if (given === '-') return readAll(io.stdin);
  try {
    return await readFile(given, 'utf8');
  } catch {
    throw usageError(`the ${what} file ${given} cannot be read`);
  }
}
