/** Sorts what node:sqlite throws: the mistake of one statement, or a state of the machine that hits everybody. */

/** Result codes (https://www.sqlite.org/rescode.html) that say nothing about the statement that met them. */
const environmental = new Set([
  5, // BUSY
  6, // LOCKED
  7, // NOMEM
  8, // READONLY
  9, // INTERRUPT
  10, // IOERR
  11, // CORRUPT
  13, // FULL
  14, // CANTOPEN
  15, // PROTOCOL
  26, // NOTADB
]);

const foreignKey = 787;
const unique = 2067;

export type SqliteErrorKind = 'environment' | 'owner_missing' | 'taken' | 'statement';

export function kindOf(error: unknown): SqliteErrorKind {
  const code = errcodeOf(error);
  if (code === foreignKey) return 'owner_missing';
  if (code === unique) return 'taken';
  // The low byte is the primary code, the rest its extension.
  return code !== undefined && environmental.has(code & 0xff) ? 'environment' : 'statement';
}

export const isBusy = (error: unknown): boolean => ((errcodeOf(error) ?? 0) & 0xff) === 5;

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function errcodeOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode : undefined;
}
