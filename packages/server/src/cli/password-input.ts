/** Where a password comes from: a person who types it twice, or standard input. Never the command line, which others see. */

import { text as readAll } from 'node:stream/consumers';
import { usageError } from '@hufu/client/terminal';
import type { Io } from './io.ts';

export async function readPassword(io: Io): Promise<string> {
  const password = io.askHidden ? await askTwice(io.askHidden) : withoutLineEnd(await readAll(io.stdin));
  if (password === '') throw usageError('the password is empty: type it, or give it on standard input');
  return password;
}

async function askTwice(ask: NonNullable<Io['askHidden']>): Promise<string> {
  const password = await ask('Password: ');
  if (password !== (await ask('Once more: '))) throw usageError('the passwords differ');
  return password;
}

/** One line end, which `echo` and editors add. */
const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '');
