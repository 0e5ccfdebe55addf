/** Checks a stretch of the audit chain: whoever changes, adds or takes away a line must change every hash behind it. */

import { auditBlockText } from './audit.ts';

/** A place in a chain, and the hash that the next block builds on. */
export interface ChainLink {
  readonly chain: string;
  readonly number: number;
  readonly hash: string;
}

export interface ChainedBlock extends ChainLink {
  readonly firstAtMs: number;
  readonly lastAtMs: number;
  readonly lines: string;
}

export type ChainCheck =
  /** All blocks hold; a longer chain is checked in pieces, each from the `last` of the piece before. */
  | { readonly ok: true; readonly last: ChainLink }
  | {
      readonly ok: false;
      /** Number of the first block that does not hold. */
      readonly number: number;
      /**
       * `missing`: another block stands where this one belongs. `altered`: its lines or its hash are not what was written.
       * `misdated`: its lines hold, but not the span of time that it is found by.
       */
      readonly problem: 'missing' | 'altered' | 'misdated';
    };

/**
 * @param anchor the link before the first block.
 * @param blocks oldest first.
 * @param sha256Hex SHA-256 of a text's UTF-8 form, in lower-case hexadecimal.
 */
export function verifyBlocks(
  anchor: ChainLink,
  blocks: readonly ChainedBlock[],
  sha256Hex: (text: string) => string,
): ChainCheck {
  let last = anchor;
  for (const block of blocks) {
    const number = last.number + 1;
    if (block.number !== number) return { ok: false, number, problem: 'missing' };
    const hash = sha256Hex(auditBlockText(last.hash, anchor.chain, number, block.lines));
    if (block.hash !== hash) return { ok: false, number, problem: 'altered' };
    if (!isDated(block)) return { ok: false, number, problem: 'misdated' };
    last = { chain: anchor.chain, number, hash };
  }
  return { ok: true, last };
}

/** The span is not in the hash, but a purge and a search trust it. */
function isDated(block: ChainedBlock): boolean {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const line of block.lines.split('\n')) {
    const atMs = instantOf(line);
    if (atMs === undefined) return false;
    first = Math.min(first, atMs);
    last = Math.max(last, atMs);
  }
  return block.firstAtMs === first && block.lastAtMs === last;
}

function instantOf(line: string): number | undefined {
  try {
    const event: unknown = JSON.parse(line);
    if (typeof event !== 'object' || event === null || !('at' in event)) return undefined;
    return typeof event.at === 'number' ? event.at : undefined;
  } catch {
    return undefined;
  }
}
