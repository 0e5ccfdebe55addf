/**
 * The behaviour of every store, for any test runner: a store that passes can be put under a token source.
 *
 * @example for (const { name, run } of storeSuite(open)) test(name, run);
 */

import type { StoreMethods, TokenRecord } from '../core/types.ts';
import { expectEqual } from './expect.ts';

export interface OpenStore {
  readonly store: StoreMethods;
  /** The same records through another instance, as another process or tab has it. */
  readonly another: StoreMethods;
  /** Ends what the store has open. */
  close?(): Promise<void> | void;
}

export interface SuiteCase {
  readonly name: string;
  readonly run: () => Promise<void>;
}

const record = (generation: number, more: Partial<TokenRecord> = {}): TokenRecord => ({
  v: 1,
  generation,
  skewMs: 0,
  writer: 'suite',
  receivedAtMs: 1_700_000_000_000,
  grant: {
    token: {
      token: `access-token-${generation}`,
      lifetimeMs: 1_000,
      extra: { ticket: '虎符', drives: ['1', null, true] },
    },
    refreshToken: `refresh-token-${generation}`,
  },
  ...more,
});

type Case = (open: OpenStore) => Promise<void>;

const cases: Readonly<Record<string, Case>> = {
  'what was never written is not there': async ({ store }) => {
    expectEqual(await store.read('a'), undefined, 'read');
    expectEqual(await store.list(''), [], 'list');
  },
  'what was written is read again, unchanged, also by others, with fields that nobody knows': async ({
    store,
    another,
  }) => {
    const written = { ...record(7), later: { version: 2 } };
    expectEqual(await store.write('a', written, { ifGeneration: undefined }), 'ok', 'write');
    expectEqual(await store.read('a'), written, 'read');
    expectEqual(await another.read('a'), written, 'read by another');
  },
  'a write asks for the generation that stands there, and changes nothing where it is another': async ({
    store,
    another,
  }) => {
    await store.write('a', record(7), { ifGeneration: undefined });
    expectEqual(
      await another.write('a', record(9), { ifGeneration: undefined }),
      'conflict',
      'where nothing should be',
    );
    expectEqual(await store.write('a', record(9), { ifGeneration: 6 }), 'conflict', 'one before');
    expectEqual(await another.write('a', record(9), { ifGeneration: 8 }), 'conflict', 'one after');
    expectEqual(await store.write('b', record(9), { ifGeneration: 8 }), 'conflict', 'where nothing is');
    expectEqual(await store.read('a'), record(7), 'read');
    expectEqual(await another.write('a', record(8), { ifGeneration: 7 }), 'ok', 'the one');
    expectEqual(await store.read('a'), record(8), 'read after');
  },
  'of writers that come at once, one wins': async ({ store, another }) => {
    await store.write('a', record(1), { ifGeneration: undefined });
    const writers = Array.from({ length: 16 }, (_, n) => (n % 2 ? store : another));
    const outcomes = await Promise.all(
      writers.map((writer, n) => writer.write('a', record(2, { writer: String(n) }), { ifGeneration: 1 })),
    );
    expectEqual(outcomes.filter((outcome) => outcome === 'ok').length, 1, 'winners');
    expectEqual((await store.read('a'))?.writer, String(outcomes.indexOf('ok')), 'the winner');
  },
  'of writers that come at once where nothing stands, one wins': async ({ store, another }) => {
    const outcomes = await Promise.all(
      [store, another, store, another].map((writer, n) =>
        writer.write('a', record(5 + n), { ifGeneration: undefined }),
      ),
    );
    expectEqual(outcomes.filter((outcome) => outcome === 'ok').length, 1, 'winners');
    expectEqual((await another.read('a'))?.generation, 5 + outcomes.indexOf('ok'), 'the winner');
  },
  'a long run of writes by two loses none': async ({ store, another }) => {
    await store.write('a', record(1), { ifGeneration: undefined });
    const add = async (by: StoreMethods, count: number): Promise<void> => {
      for (let done = 0; done < count; ) {
        const before = await by.read('a');
        const next = record((before?.generation ?? 0) + 1);
        if ((await by.write('a', next, { ifGeneration: before?.generation })) === 'ok') done += 1;
      }
    };
    await Promise.all([add(store, 20), add(another, 20)]);
    expectEqual((await store.read('a'))?.generation, 41, 'generation');
  },
  'a removal asks for a generation where it is told to': async ({ store, another }) => {
    await store.write('a', record(7), { ifGeneration: undefined });
    expectEqual(await another.remove('a', { ifGeneration: 6 }), 'conflict', 'another generation');
    expectEqual((await store.read('a'))?.generation, 7, 'read');
    expectEqual(await another.remove('a', { ifGeneration: 7 }), 'ok', 'the generation');
    expectEqual(await store.read('a'), undefined, 'read after');
    expectEqual(await store.remove('a', { ifGeneration: 7 }), 'conflict', 'what is gone');
  },
  'a removal without a condition removes whatever is there, or nothing': async ({ store, another }) => {
    expectEqual(await store.remove('a'), 'ok', 'nothing');
    await store.write('a', record(7), { ifGeneration: undefined });
    expectEqual(await another.remove('a'), 'ok', 'something');
    expectEqual(await store.read('a'), undefined, 'read');
    expectEqual(await store.list(''), [], 'list');
  },
  'a writer that saw a removed record cannot bring it back': async ({ store, another }) => {
    await store.write('a', record(7), { ifGeneration: undefined });
    await another.remove('a');
    expectEqual(await store.write('a', record(8), { ifGeneration: 7 }), 'conflict', 'after the removal');
    await another.write('a', record(100), { ifGeneration: undefined });
    expectEqual(await store.write('a', record(8), { ifGeneration: 7 }), 'conflict', 'after a new login');
    expectEqual((await store.read('a'))?.generation, 100, 'read');
  },
  'keys are listed by their beginning, whatever characters they have': async ({ store, another }) => {
    const keys = ['pds:1', 'pds:/../2', 'sls:虎符 %', `oauth2:${'x'.repeat(500)}`];
    for (const key of keys) await store.write(key, record(1), { ifGeneration: undefined });
    expectEqual([...(await another.list('pds:'))].sort(), ['pds:/../2', 'pds:1'], 'pds');
    expectEqual([...(await store.list(''))].sort(), [...keys].sort(), 'all');
    expectEqual(await store.list('none'), [], 'none');
    for (const key of keys) expectEqual((await another.read(key))?.generation, 1, key);
  },
  'a change of what was read changes nothing of what is kept': async ({ store }) => {
    await store.write('a', record(1), { ifGeneration: undefined });
    const read = await store.read('a');
    if (read) Object.assign(read, { generation: 2 });
    expectEqual((await store.read('a'))?.generation, 1, 'read');
  },
};

/** @param open gives an empty store each time. */
export function storeSuite(open: () => Promise<OpenStore> | OpenStore): readonly SuiteCase[] {
  return Object.entries(cases).map(([name, run]) => ({
    name,
    async run() {
      const opened = await open();
      try {
        await run(opened);
      } finally {
        await opened.close?.();
      }
    },
  }));
}
