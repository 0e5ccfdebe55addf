/** Where a list goes on: the last key seen, wrapped so that callers do not build on its form. */

import { CursorInvalid } from '../../service/ports.ts';

export type CursorPart = string | number;

export const encodeCursor = (...parts: readonly CursorPart[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url');

/** A list's `after`: as many texts as its cursor has; `undefined` at the start. Throws `CursorInvalid` for anything else. */
export function textCursor(after: string | undefined, count: number): readonly string[] | undefined {
  const parts = decode(after);
  if (parts === undefined) return undefined;
  if (parts.length !== count || !parts.every((part) => typeof part === 'string')) throw new CursorInvalid(refused);
  return parts;
}

/** The same for cursors of integers. */
export function integerCursor(after: string | undefined, count: number): readonly number[] | undefined {
  const parts = decode(after);
  if (parts === undefined) return undefined;
  if (parts.length !== count || !parts.every(isInteger)) throw new CursorInvalid(refused);
  return parts;
}

const refused = 'this is no cursor that a page of this list has named';

const isInteger = (part: unknown): part is number => Number.isSafeInteger(part);

function decode(after: string | undefined): readonly unknown[] | undefined {
  if (after === undefined) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(parts)) return parts;
  } catch {
    // Not JSON: refused below.
  }
  throw new CursorInvalid(refused);
}
