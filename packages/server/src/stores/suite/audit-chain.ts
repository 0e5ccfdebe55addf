import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe } from 'node:test';
import { auditGenesis } from '../../core/audit.ts';
import { type ChainCheck, verifyBlocks } from '../../core/auditchain.ts';
import type { AuditBlock, Store } from '../../service/ports.ts';
import type { Rule } from './fresh.ts';
import { eventAt, everyEvent, grantAt, issued, startMs } from './samples.ts';

const sha256Hex = (text: string): string => hash('sha256', text);

/** Every block of every chain, from its anchor on, read in small pieces. */
async function everyChain(store: Store) {
  const chains = [];
  for (const anchor of await store.auditChains()) {
    const blocks: AuditBlock[] = [];
    let after = anchor.number;
    for (let piece = await store.auditBlocks(anchor.chain, after, 2); piece.length > 0; ) {
      assert.ok(piece.length <= 2);
      blocks.push(...piece);
      after = piece.at(-1)?.number ?? after;
      piece = await store.auditBlocks(anchor.chain, after, 2);
    }
    chains.push({ anchor, blocks });
  }
  return chains;
}

async function assertWhole(store: Store): Promise<void> {
  for (const { anchor, blocks } of await everyChain(store)) {
    const check: ChainCheck = verifyBlocks(anchor, blocks, sha256Hex);
    assert.ok(check.ok);
  }
}

/** A commit for each instant, one after the other. */
async function commits(store: Store, ...instants: readonly number[]): Promise<void> {
  for (const ms of instants) await store.appendAudit(eventAt(startMs + ms));
}

export function auditChain(rule: Rule): void {
  describe('the audit chain', () => {
    rule('starts from nothing', async (store) => {
      for (const { anchor, blocks } of await everyChain(store)) {
        assert.deepEqual({ ...anchor, chain: '' }, { chain: '', number: 0, hash: auditGenesis });
        assert.deepEqual(blocks, []);
      }
    });

    rule(
      'holds from its anchor to its end, under parallel changes and after it was opened again',
      async (store, fresh) => {
        const grants = Array.from({ length: 50 }, (_, at) => grantAt(startMs + at));
        await Promise.all(grants.map((grant) => store.createGrant(grant, issued(grant))));
        await commits(store, 1, 2, 3);
        await assertWhole(store);
        const again = await fresh.reopen();
        await commits(again, 4, 5);
        await assertWhole(again);
        assert.equal((await everyEvent(again)).length, 55);
      },
    );

    rule('shows a changed byte, a block taken away and a block changed over', async (store) => {
      await commits(store, 1, 2, 3, 4);
      const chain = (await everyChain(store)).find(({ blocks }) => blocks.length >= 3);
      assert.ok(chain);
      const { anchor, blocks } = chain;
      for (const [at, block] of blocks.entries()) {
        const changed = { ...block, lines: block.lines.replace('request', 'Request') };
        assert.equal(verifyBlocks(anchor, blocks.with(at, changed), sha256Hex).ok, false);
        // Taking away the end shows only to whoever knows where the end was.
        if (at === blocks.length - 1) continue;
        assert.equal(verifyBlocks(anchor, blocks.toSpliced(at, 1), sha256Hex).ok, false);
        const [first = block, second = block] = blocks.slice(at);
        assert.equal(verifyBlocks(anchor, blocks.toSpliced(at, 2, second, first), sha256Hex).ok, false);
      }
    });

    rule('has no blocks under a name that it does not know', async (store) => {
      await commits(store, 1);
      assert.deepEqual(await store.auditBlocks('no such chain', 0, 10), []);
    });

    rule('says of each block from when to when its events are', async (store) => {
      await Promise.all([7, 3, 5].map((ms) => store.appendAudit(eventAt(startMs + ms))));
      const blocks = (await everyChain(store)).flatMap((chain) => chain.blocks);
      assert.equal(Math.min(...blocks.map((block) => block.firstAtMs)), startMs + 3);
      assert.equal(Math.max(...blocks.map((block) => block.lastAtMs)), startMs + 7);
    });
  });

  describe('purgeAudit', () => {
    const blocksLeft = async (store: Store): Promise<number> =>
      (await everyChain(store)).reduce((sum, { blocks }) => sum + blocks.length, 0);

    rule(
      'deletes blocks that ended before the instant, not at it nor after it, and the rest still holds',
      async (store) => {
        await commits(store, 1, 2, 3);
        assert.equal(await store.purgeAudit(startMs + 2, 100), 1);
        assert.deepEqual(
          (await everyEvent(store)).map((event) => event.at),
          [startMs + 3, startMs + 2],
        );
        await assertWhole(store);
        assert.equal(await blocksLeft(store), 2);
      },
    );

    rule('deletes at most as many as it is told, the oldest first', async (store) => {
      await commits(store, 1, 2, 3, 4, 5);
      assert.equal(await store.purgeAudit(startMs + 5, 3), 3);
      assert.equal(await store.purgeAudit(startMs + 5, 3), 1);
      assert.equal(await store.purgeAudit(startMs + 5, 3), 0);
      await assertWhole(store);
    });

    rule('does not reach behind a block that has not ended', async (store) => {
      await commits(store, 1, 9, 2);
      assert.equal(await store.purgeAudit(startMs + 5, 100), 1);
      assert.equal(await blocksLeft(store), 2);
      await assertWhole(store);
    });

    rule(
      'goes on from the anchor when every block went, also after the store was opened again',
      async (store, fresh) => {
        await commits(store, 1, 2);
        assert.equal(await store.purgeAudit(startMs + 100, 100), 2);
        assert.deepEqual(await everyEvent(store), []);
        const again = await fresh.reopen();
        await commits(again, 3);
        await assertWhole(again);
        const [chain] = (await everyChain(again)).filter(({ blocks }) => blocks.length > 0);
        assert.equal(chain?.anchor.number, 2);
        assert.equal(chain?.blocks[0]?.number, 3);
      },
    );
  });
}
