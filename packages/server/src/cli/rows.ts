/** Shows lists of the admin API. */

import { type Column, listing, note, show, table } from '@hufu/client/terminal';
import { type Command, InvalidArgumentError } from 'commander';
import type { Answer } from './admin-client.ts';
import type { Io } from './io.ts';

export interface PageOptions {
  readonly limit: number;
  readonly after?: string;
}

export const withPaging = (command: Command): Command =>
  command
    .option('--limit <rows>', 'rows at most', whole(1, 1000), 100)
    .option('--after <cursor>', 'goes on where a list ended');

/** Reads an integer of the command line. */
export const whole =
  (minimum: number, maximum: number) =>
  (text: string): number => {
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= minimum && value <= maximum) return value;
    throw new InvalidArgumentError(`allowed: ${minimum} to ${maximum}`);
  };

/** One member as text; `-` where there is none. */
export function text(row: Answer, name: string): string {
  const value = row[name];
  if (value === null || value === undefined) return '-';
  if (Array.isArray(value)) return value.map(String).join(',') || '-';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

export const rowsOf = (answer: Answer, name = 'rows'): readonly Answer[] => {
  const rows = answer[name];
  return Array.isArray(rows) ? rows.filter(isAnswer) : [];
};

const isAnswer = (value: unknown): value is Answer => typeof value === 'object' && value !== null;

/** @param columns members, under these names in capitals. */
export function showRows(io: Io, json: boolean | undefined, answer: Answer, columns: readonly string[]): void {
  const rows = rowsOf(answer);
  show(io, json, answer, () => table(io, columnsOf(columns), rows));
  if (!json && typeof answer.next === 'string') note(io, `more: --after ${answer.next}`);
}

export const columnsOf = (names: readonly string[]): readonly Column<Answer>[] =>
  names.map((name) => ({ title: titleOf(name), of: (row) => text(row, name) }));

/** @param names members in this order. */
export function showOne(io: Io, json: boolean | undefined, answer: Answer, names: readonly string[]): void {
  show(io, json, answer, () =>
    listing(
      io,
      names.filter((name) => answer[name] !== undefined).map((name) => [wordsOf(name), text(answer, name)] as const),
    ),
  );
}

export const showDeleted = (io: Io, json: boolean | undefined, answer: Answer): void =>
  showOne(io, json, answer, ['tenant', 'id', 'result']);

const wordsOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
const titleOf = (name: string): string => wordsOf(name).toUpperCase();
