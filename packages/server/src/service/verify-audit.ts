/**
 * Use case: checks that nobody changed the audit log. Walks every chain from its anchor, block by block; a head that was
 * noted earlier also shows a tail that was cut off.
 */

import { type ChainCheck, type ChainLink, verifyBlocks } from '../core/auditchain.ts';
import type { AuditBlock, AuditStore } from './ports.ts';

export interface ChainReport {
  readonly chain: string;
  readonly blocks: number;
  readonly events: number;
  /** To be noted, outside the server, for the next check. */
  readonly head: ChainLink;
}

export type AuditProblem =
  | Extract<ChainCheck, { ok: false }>['problem']
  /** The noted head is not in its chain: the tail was cut off, or the chain was written anew. */
  | 'head_mismatch'
  /** The noted head is older than what a purge has left: note a newer one. */
  | 'head_purged';

export interface BrokenChain {
  readonly chain: string;
  /** The first block that does not hold. */
  readonly number: number;
  readonly problem: AuditProblem;
}

export interface AuditVerification {
  readonly ok: boolean;
  readonly chains: readonly ChainReport[];
  /** One a chain at most. */
  readonly broken: readonly BrokenChain[];
}

type ChainStore = Pick<AuditStore, 'auditBlocks' | 'auditChains'>;
type Sha256Hex = (text: string) => string;

/** Blocks that are read at once. */
const sliceBlocks = 200;
/** How often a chain is begun anew, because a purge moved its anchor meanwhile. */
const maxRestarts = 5;

/** @param expected heads noted earlier; they need not be the newest. */
export async function verifyAudit(
  store: ChainStore,
  sha256Hex: Sha256Hex,
  expected: readonly ChainLink[] = [],
): Promise<AuditVerification> {
  const chains: ChainReport[] = [];
  const broken: BrokenChain[] = [];
  const anchors = await store.auditChains();
  for (const anchor of anchors) {
    const heads = expected.filter((head) => head.chain === anchor.chain);
    const result = await verifyChain(store, sha256Hex, anchor, heads);
    if ('problem' in result) broken.push(result);
    else chains.push(result);
  }
  const known = new Set(anchors.map((anchor) => anchor.chain));
  for (const { chain, number } of expected) {
    if (!known.has(chain)) broken.push({ chain, number, problem: 'head_mismatch' });
  }
  return { ok: broken.length === 0, chains, broken };
}

async function verifyChain(
  store: ChainStore,
  sha256Hex: Sha256Hex,
  anchor: ChainLink,
  heads: readonly ChainLink[],
): Promise<ChainReport | BrokenChain> {
  let from = anchor;
  for (let restarts = 0; ; restarts++) {
    const result = await walk(store, sha256Hex, from, heads);
    if (!('problem' in result) || restarts === maxRestarts) return result;
    const now = (await store.auditChains()).find(({ chain }) => chain === from.chain);
    if (now === undefined || now.number === from.number) return result;
    from = now;
  }
}

async function walk(
  store: ChainStore,
  sha256Hex: Sha256Hex,
  anchor: ChainLink,
  heads: readonly ChainLink[],
): Promise<ChainReport | BrokenChain> {
  const { chain } = anchor;
  const waiting = new Map(heads.map((head) => [head.number, head.hash]));
  const meets = (link: ChainLink): boolean => {
    const noted = waiting.get(link.number);
    waiting.delete(link.number);
    return noted === undefined || noted === link.hash;
  };
  const purged = heads.find((head) => head.number < anchor.number);
  if (purged) return { chain, number: purged.number, problem: 'head_purged' };
  if (!meets(anchor)) return { chain, number: anchor.number, problem: 'head_mismatch' };

  let last = anchor;
  let blocks = 0;
  let events = 0;
  for (;;) {
    const slice = await store.auditBlocks(chain, last.number, sliceBlocks);
    const check = verifyBlocks(last, slice, sha256Hex);
    if (!check.ok) return { chain, number: check.number, problem: check.problem };
    const stranger = slice.find((block) => !meets(block));
    if (stranger) return { chain, number: stranger.number, problem: 'head_mismatch' };
    last = check.last;
    blocks += slice.length;
    for (const block of slice) events += eventsIn(block);
    if (slice.length < sliceBlocks) break;
  }
  const [cut] = waiting.keys();
  if (cut !== undefined) return { chain, number: cut, problem: 'head_mismatch' };
  return { chain, blocks, events, head: { chain, number: last.number, hash: last.hash } };
}

function eventsIn(block: AuditBlock): number {
  let lines = 1;
  for (let at = block.lines.indexOf('\n'); at >= 0; at = block.lines.indexOf('\n', at + 1)) lines++;
  return lines;
}
