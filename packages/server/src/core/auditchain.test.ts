import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import { auditBlockText, auditGenesis, auditLine } from './audit.ts';
import { type ChainedBlock, type ChainLink, verifyBlocks } from './auditchain.ts';

const sha256Hex = (text: string): string => hash('sha256', text);
const genesis: ChainLink = { chain: 'main', number: 0, hash: auditGenesis };

function blockAfter(previous: ChainLink, ...atMs: number[]): ChainedBlock {
  const number = previous.number + 1;
  const lines = atMs.map((at) => auditLine({ atMs: at, type: 'server.started', requestId: `r${at}` })).join('\n');
  return {
    chain: previous.chain,
    number,
    firstAtMs: Math.min(...atMs),
    lastAtMs: Math.max(...atMs),
    lines,
    hash: sha256Hex(auditBlockText(previous.hash, previous.chain, number, lines)),
  };
}

const first = blockAfter(genesis, 1000);
const second = blockAfter(first, 2001, 2000);
const third = blockAfter(second, 3000);

describe('verifyBlocks', () => {
  it('accepts an untouched chain and names its last link', () => {
    assert.deepEqual(verifyBlocks(genesis, [first, second, third], sha256Hex), {
      ok: true,
      last: { chain: 'main', number: 3, hash: third.hash },
    });
  });

  it('accepts no blocks at all', () => {
    assert.deepEqual(verifyBlocks(genesis, [], sha256Hex), { ok: true, last: genesis });
  });

  it('checks a chain piece by piece', () => {
    const piece = verifyBlocks(genesis, [first], sha256Hex);
    assert.ok(piece.ok);
    assert.equal(verifyBlocks(piece.last, [second, third], sha256Hex).ok, true);
  });

  const forged = { ...second, lines: second.lines.replace('r2000', 'r2009') };
  const rehashed = { ...forged, hash: sha256Hex(auditBlockText(first.hash, 'main', 2, forged.lines)) };
  const rewritten = (lines: string): ChainedBlock => ({
    ...second,
    lines,
    hash: sha256Hex(auditBlockText(first.hash, 'main', 2, lines)),
  });
  const cases: readonly [string, ChainLink, readonly ChainedBlock[], number, string][] = [
    ['a changed byte in a line', genesis, [first, forged, third], 2, 'altered'],
    ['a changed hash', genesis, [{ ...first, hash: auditGenesis }, second], 1, 'altered'],
    ['a changed line with its hash made anew, at the block behind it', genesis, [first, rehashed, third], 3, 'altered'],
    ['a block taken away', genesis, [first, third], 2, 'missing'],
    ['the first block taken away', genesis, [second, third], 1, 'missing'],
    ['two blocks changed over', genesis, [second, first], 1, 'missing'],
    ['a block twice', genesis, [first, first], 2, 'missing'],
    ['a block renumbered into a gap', genesis, [first, { ...third, number: 2 }], 2, 'altered'],
    ['a block of another chain', { ...genesis, chain: 'other' }, [first], 1, 'altered'],
    ['another anchor', { ...genesis, hash: 'f'.repeat(64) }, [first], 1, 'altered'],
    ['a moved start of its span', genesis, [first, { ...second, firstAtMs: 1999 }], 2, 'misdated'],
    ['a moved end of its span', genesis, [first, { ...second, lastAtMs: 2002 }], 2, 'misdated'],
    ['a line without an instant', genesis, [first, rewritten('{}')], 2, 'misdated'],
    ['a line that is no object', genesis, [first, rewritten('null')], 2, 'misdated'],
    ['a line that is no JSON', genesis, [first, rewritten('nothing')], 2, 'misdated'],
  ];
  for (const [change, anchor, blocks, number, problem] of cases) {
    it(`finds ${change}`, () => {
      assert.deepEqual(verifyBlocks(anchor, blocks, sha256Hex), { ok: false, number, problem });
    });
  }
});
