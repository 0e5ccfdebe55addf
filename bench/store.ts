/**
 * Measures the SQLite store: what a new grant and a lookup cost, with few and with many grants in the store.
 *
 *     node bench/store.ts [--existing 1000,50000] [--calls 5000] [--rounds 9] [--callers 64] [--users 20]
 *
 * `main` is processor time of the main thread, which is what a request pays; the rest is spent in the writer thread.
 * Each figure is the median of the rounds; what the loop itself costs is measured without a store and taken off.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openSqliteStore } from '../packages/server/src/stores/sqlite/open.ts';
import { callMaker, type GrantCall } from './grant-calls.ts';
import { median } from './median.ts';

const { values } = parseArgs({
  options: {
    existing: { type: 'string', default: '1000,50000' },
    calls: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '9' },
    callers: { type: 'string', default: '64' },
    users: { type: 'string', default: '20' },
  },
});
const sizes = values.existing.split(',').map(Number);
const calls = Number(values.calls);
const rounds = Number(values.rounds);
const callers = Number(values.callers);

interface Cost {
  readonly wallUs: number;
  readonly mainUs: number;
  readonly p99Ms: number;
}

/** Runs `work` once for each item, `callers` at a time, and gives what one item costs. */
async function timed<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<Cost> {
  let at = 0;
  const latencies: number[] = [];
  async function caller(): Promise<void> {
    for (let item = items[at++]; item !== undefined; item = items[at++]) {
      const startMs = performance.now();
      await work(item);
      latencies.push(performance.now() - startMs);
    }
  }
  const startMs = performance.now();
  const cpuStart = process.threadCpuUsage();
  await Promise.all(Array.from({ length: callers }, caller));
  const cpu = process.threadCpuUsage(cpuStart);
  const wallMs = performance.now() - startMs;
  latencies.sort((a, b) => a - b);
  return {
    wallUs: (wallMs * 1000) / items.length,
    mainUs: (cpu.user + cpu.system) / items.length,
    p99Ms: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
  };
}

const newCall = callMaker({ users: Number(values.users), ids: 'ordered' });
const batch = (count: number): GrantCall[] => Array.from({ length: count }, newCall);
const columns = ['existing', 'create µs', 'main µs', 'p99 ms', 'find main µs', 'again main µs'];
const say = (cells: readonly string[]): unknown =>
  process.stdout.write(`${cells.map((cell) => cell.padStart(14)).join('')}\n`);

const folder = mkdtempSync(join(tmpdir(), 'hufu-bench-'));
const store = await openSqliteStore({ path: folder });
let held = 0;

async function fill(upTo: number): Promise<void> {
  while (held < upTo) {
    const slice = batch(Math.min(5000, upTo - held));
    await Promise.all(slice.map(([grant, event]) => store.createGrant(grant, event)));
    held += slice.length;
  }
}

async function round(): Promise<readonly number[]> {
  const taken = batch(calls);
  const loop = await timed(taken, async () => undefined);
  const create = await timed(taken, ([grant, event]) => store.createGrant(grant, event));
  held += calls;
  const ids = taken.map(([{ id }]) => id);
  const find = await timed(ids, (id) => store.findGrant(id));
  const again = await timed(ids.slice(-1000), (id) => store.findGrant(id));
  return [
    create.wallUs,
    create.mainUs - loop.mainUs,
    create.p99Ms,
    find.mainUs - loop.mainUs,
    Math.max(0, again.mainUs - loop.mainUs),
  ];
}

say(columns);
try {
  for (const size of sizes) {
    await fill(size);
    const figures: (readonly number[])[] = [];
    // The first round warms the code up and is not counted.
    await round();
    for (let at = 0; at < rounds; at++) figures.push(await round());
    const medians = columns.slice(1).map((_, column) => median(figures.map((figure) => figure[column] ?? 0)));
    say([String(size), ...medians.map((figure) => figure.toFixed(2))]);
  }
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}
