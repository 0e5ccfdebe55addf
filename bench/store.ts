/**
 * Measures the SQLite store: what a new grant and a lookup cost, with few and with many grants in the store.
 *
 *     node bench/store.ts [--existing 1000,50000] [--calls 5000] [--rounds 9] [--callers 64] [--users 20] [--ids ordered|random]
 *
 * `main` is processor time of the main thread, which is what a request pays; the rest is spent in the writer thread.
 */

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { AuditEvent } from '../packages/server/src/core/audit.ts';
import type { Grant } from '../packages/server/src/core/grant.ts';
import { grantId } from '../packages/server/src/core/ids.ts';
import { openSqliteStore, type SqliteStore } from '../packages/server/src/stores/sqlite/open.ts';

const { values } = parseArgs({
  options: {
    existing: { type: 'string', default: '1000,50000' },
    calls: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '9' },
    callers: { type: 'string', default: '64' },
    users: { type: 'string', default: '20' },
    ids: { type: 'string', default: 'ordered' },
  },
});
const sizes = values.existing.split(',').map(Number);
const calls = Number(values.calls);
const callers = Number(values.callers);
const users = Number(values.users);
const isOrdered = values.ids === 'ordered';

type Call = readonly [Grant, AuditEvent];

let clockMs = Date.parse('2026-01-01T00:00:00Z');
let made = 0;

/** Five new grants a millisecond, for the users of one account in turn. */
function newCall(): Call {
  if (made++ % 5 === 0) clockMs++;
  const random = randomBytes(16).toString('hex');
  const id = grantId(isOrdered ? clockMs : Number.parseInt(random.slice(20), 16), random.slice(0, 20));
  const tenant = '1234567890123456';
  const subject = `2${String((made * 7919) % users).padStart(17, '0')}`;
  const accessKeyId = `LTAI5t${subject}`;
  const expiresAtMs = clockMs + 86_400_000;
  const grant: Grant = {
    id,
    dialect: 'sls',
    tenant,
    subject,
    accessKeyId,
    clientId: undefined,
    issuedAtMs: clockMs,
    expiresAtMs,
    renewByMs: expiresAtMs,
    accessTokenLifetimeSeconds: 86_400,
    revokedAtMs: undefined,
    generation: 0,
    rotatedAtMs: undefined,
    successorSeen: false,
  };
  const event: AuditEvent = {
    atMs: clockMs,
    type: 'grant.issued',
    requestId: random.slice(0, 24).toUpperCase(),
    remote: '127.0.0.1',
    dialect: 'sls',
    operation: 'CreateTicket',
    tenant,
    actor: accessKeyId,
    subject,
    grantId: id,
  };
  return [grant, event];
}

/** Runs `work` once for each item, `callers` at a time, and gives microseconds an item: on the wall and on this thread. */
async function timed<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>) {
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

const batch = (count: number): Call[] => Array.from({ length: count }, newCall);

async function fill(store: SqliteStore, upTo: number): Promise<void> {
  while (made < upTo) {
    const slice = batch(Math.min(5000, upTo - made));
    await Promise.all(slice.map(([grant, event]) => store.createGrant(grant, event)));
  }
}

/** The median of each column: one disturbed round does not show. */
function medians(rounds: readonly (readonly number[])[]): number[] {
  const column = (at: number): number[] => rounds.map((round) => round[at] ?? 0).sort((a, b) => a - b);
  return (rounds[0] ?? []).map((_, at) => column(at)[rounds.length >> 1] ?? 0);
}

const folder = mkdtempSync(join(tmpdir(), 'hufu-bench-'));
const openedAtMs = performance.now();
const store = await openSqliteStore({ path: folder });
const openMs = performance.now() - openedAtMs;
const say = (...cells: readonly string[]): unknown =>
  process.stdout.write(`${cells.map((cell) => cell.padStart(13)).join('')}\n`);
say('existing', 'create µs', 'main µs', 'p99 ms', 'find µs', 'again µs', 'RSS MB');
try {
  for (const size of sizes) {
    await fill(store, size);
    const rounds: number[][] = [];
    // The first round warms the code up and is not counted.
    for (let round = 0; round <= Number(values.rounds); round++) {
      const taken = batch(calls);
      const driver = await timed(taken, async () => undefined);
      const create = await timed(taken, ([grant, event]) => store.createGrant(grant, event));
      const ids = taken.map(([{ id }]) => id);
      const find = await timed(ids, (id) => store.findGrant(id));
      const again = await timed(ids.slice(-1000), (id) => store.findGrant(id));
      const rssMb = process.memoryUsage.rss() / 1_000_000;
      if (round > 0) {
        rounds.push([
          create.wallUs,
          create.mainUs - driver.mainUs,
          create.p99Ms,
          find.mainUs - driver.mainUs,
          again.mainUs - driver.mainUs,
          rssMb,
        ]);
      }
    }
    say(String(size), ...medians(rounds).map((figure) => figure.toFixed(2)));
  }
} finally {
  await store.close();
  rmSync(folder, { recursive: true });
}
process.stdout.write(`opened in ${openMs.toFixed(0)} ms\n`);
