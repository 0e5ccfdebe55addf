/** What the figures were measured on: without it they mean nothing. */

import { closeSync, fdatasyncSync, openSync, statfsSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import { temporaryFolder } from './processes/temporary-folder.ts';

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
  readonly loadAverage: number;
  readonly disk: Disk;
}

/** How long the disk takes to have 4 KiB for sure: every answer of a durable server waits for that, alone or in company. */
export interface Disk {
  /** A file system in memory keeps nothing, and syncs for free. */
  readonly inMemory: boolean;
  readonly syncP50Ms: number;
  readonly syncP99Ms: number;
}

export async function describeMachine(data: string | undefined): Promise<Machine> {
  const [first] = cpus();
  return {
    processor: first?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
    loadAverage: loadavg()[0] ?? 0,
    disk: await describeDisk(data),
  };
}

/** `statfs` types of tmpfs and ramfs (Linux, `linux/magic.h`). */
const memoryFileSystems: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);
const syncs = 200;
const pageBytes = 4096;

async function describeDisk(data: string | undefined): Promise<Disk> {
  await using folder = await temporaryFolder('disk', data);
  const file = openSync(join(folder.path, 'page'), 'w');
  const page = Buffer.alloc(pageBytes);
  const timesMs: number[] = [];
  for (let sync = 0; sync < syncs; sync++) {
    writeSync(file, page);
    const startMs = performance.now();
    fdatasyncSync(file);
    timesMs.push(performance.now() - startMs);
  }
  closeSync(file);
  timesMs.sort((a, b) => a - b);
  return {
    inMemory: memoryFileSystems.has(statfsSync(folder.path).type),
    syncP50Ms: median(timesMs),
    syncP99Ms: timesMs[Math.floor(syncs * 0.99)] ?? 0,
  };
}
