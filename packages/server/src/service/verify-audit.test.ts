import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { auditBlockText, auditGenesis, auditLine } from '../core/audit.ts';
import type { ChainLink } from '../core/auditchain.ts';
import type { AuditBlock } from './ports.ts';
import { verifyAudit } from './verify-audit.ts';

const sha256Hex = (text: string): string => hash('sha256', text);
const genesis: ChainLink = { chain: 'main', number: 0, hash: auditGenesis };

/** `count` blocks behind `from`, the n-th with n events. */
function chain(count: number, from: ChainLink = genesis): AuditBlock[] {
  const blocks: AuditBlock[] = [];
  let last = from;
  for (let n = 1; n <= count; n++) {
    const number = last.number + 1;
    const line = auditLine({ atMs: n, type: 'server.started', requestId: `r${n}` });
    const lines = Array.from({ length: Math.min(n, 3) }, () => line).join('\n');
    const text = auditBlockText(last.hash, from.chain, number, lines);
    const block = { chain: from.chain, number, firstAtMs: n, lastAtMs: n, lines, hash: sha256Hex(text) };
    blocks.push(block);
    last = block;
  }
  return blocks;
}

const storeOf = (blocks: readonly AuditBlock[], anchors: readonly ChainLink[] = [genesis]) => ({
  auditChains: async () => anchors,
  auditBlocks: async (name: string, after: number, limit: number) =>
    blocks.filter((block) => block.chain === name && block.number > after).slice(0, limit),
});

const linkOf = ({ chain, number, hash }: ChainLink): ChainLink => ({ chain, number, hash });
const last = (blocks: readonly AuditBlock[]): AuditBlock => {
  const block = blocks.at(-1);
  assert.ok(block);
  return block;
};

describe('verifying the audit log', () => {
  for (const count of [0, 1, 199, 200, 201, 450]) {
    it(`walks all of ${count} blocks`, async () => {
      const blocks = chain(count);
      const result = await verifyAudit(storeOf(blocks), sha256Hex);
      assert.equal(result.ok, true);
      assert.deepEqual(result.broken, []);
      const [report] = result.chains;
      assert.equal(report?.blocks, count);
      assert.equal(report?.events, [0, 1, 3][count] ?? 3 * count - 3);
      assert.deepEqual(report?.head, count === 0 ? genesis : linkOf(last(blocks)));
    });
  }

  it('names the first block that was altered, also behind the first slice', async () => {
    for (const number of [1, 200, 201, 250]) {
      const blocks = chain(250).map((block) => (block.number === number ? { ...block, hash: '0'.repeat(64) } : block));
      const result = await verifyAudit(storeOf(blocks), sha256Hex);
      assert.deepEqual(result, { ok: false, chains: [], broken: [{ chain: 'main', number, problem: 'altered' }] });
    }
  });

  it('checks every chain, and reports each on its own', async () => {
    const other: ChainLink = { ...genesis, chain: 'other' };
    const blocks = [...chain(2), ...chain(3, other).slice(1)];
    const result = await verifyAudit(storeOf(blocks, [genesis, other]), sha256Hex);
    assert.equal(result.ok, false);
    assert.deepEqual(
      result.chains.map((report) => report.chain),
      ['main'],
    );
    assert.deepEqual(result.broken, [{ chain: 'other', number: 1, problem: 'missing' }]);
  });

  it('starts at the anchor that a purge has left', async () => {
    const blocks = chain(5);
    const anchor = blocks[2];
    assert.ok(anchor);
    const result = await verifyAudit(storeOf(blocks.slice(3), [linkOf(anchor)]), sha256Hex);
    assert.equal(result.ok, true);
    assert.equal(result.chains[0]?.blocks, 2);
  });

  it('accepts heads that were noted at any time', async () => {
    const blocks = chain(5);
    const heads = [genesis, ...blocks].map(linkOf);
    assert.equal((await verifyAudit(storeOf(blocks), sha256Hex, heads)).ok, true);
  });

  it('finds that the end was cut off', async () => {
    const blocks = chain(5);
    const result = await verifyAudit(storeOf(blocks.slice(0, 4)), sha256Hex, [linkOf(last(blocks))]);
    assert.deepEqual(result.broken, [{ chain: 'main', number: 5, problem: 'head_mismatch' }]);
  });

  it('finds that the whole chain was written anew', async () => {
    const noted = { ...linkOf(last(chain(3))), hash: 'f'.repeat(64) };
    const result = await verifyAudit(storeOf(chain(5)), sha256Hex, [noted]);
    assert.deepEqual(result.broken, [{ chain: 'main', number: 3, problem: 'head_mismatch' }]);
  });

  it('finds that a whole chain is gone', async () => {
    const result = await verifyAudit(storeOf([], []), sha256Hex, [linkOf(last(chain(3)))]);
    assert.deepEqual(result.broken, [{ chain: 'main', number: 3, problem: 'head_mismatch' }]);
  });

  it('says that a head is older than what is kept', async () => {
    const blocks = chain(5);
    const [oldest, , anchor] = blocks;
    assert.ok(oldest && anchor);
    const store = storeOf(blocks.slice(3), [linkOf(anchor)]);
    assert.equal((await verifyAudit(store, sha256Hex, [linkOf(anchor)])).ok, true);
    const result = await verifyAudit(store, sha256Hex, [linkOf(oldest)]);
    assert.deepEqual(result.broken, [{ chain: 'main', number: 1, problem: 'head_purged' }]);
  });

  it('begins a chain anew when a purge moves its anchor meanwhile', async () => {
    const blocks = chain(5);
    const anchor = blocks[1];
    assert.ok(anchor);
    let isPurged = false;
    const kept = storeOf(blocks.slice(2));
    const store = {
      auditBlocks: kept.auditBlocks,
      auditChains: async () => {
        const anchors = [isPurged ? linkOf(anchor) : genesis];
        isPurged = true;
        return anchors;
      },
    };
    const result = await verifyAudit(store, sha256Hex);
    assert.equal(result.ok, true);
    assert.equal(result.chains[0]?.blocks, 3);
  });
});
