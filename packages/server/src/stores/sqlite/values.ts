/** Reads one column of a row in the type that its table promises; anything else is a damaged database. */

import type { SQLOutputValue } from 'node:sqlite';
import type { Status } from '../../core/directory.ts';

type Column = SQLOutputValue | undefined;

export function text(value: Column): string {
  if (typeof value === 'string') return value;
  throw new TypeError('a column does not hold a text');
}

export function integer(value: Column): number {
  if (typeof value === 'number') return value;
  throw new TypeError('a column does not hold an integer');
}

export function bytes(value: Column): Uint8Array {
  if (value instanceof Uint8Array) return value;
  throw new TypeError('a column does not hold bytes');
}

export const textOrNone = (value: Column): string | undefined => (value === null ? undefined : text(value));

export const integerOrNone = (value: Column): number | undefined => (value === null ? undefined : integer(value));

export function status(value: Column): Status {
  if (value === 'enabled' || value === 'disabled') return value;
  throw new TypeError('a column does not hold a status');
}
