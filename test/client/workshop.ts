/** A folder with one credential, a server that rotates it, and processes that share both. */

import assert from 'node:assert/strict';
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, createTokenSource, type Lock, systemClock, type TokenSource } from '@hufu/client';
import { fileLock } from '@hufu/client/locks/file';
import { fileStore } from '@hufu/client/stores/file';
import { rotating } from './rotating-provider.ts';
import { RotatingServer, type ServerOptions } from './rotating-server.ts';
import { type Shift, sharedClock, writeShift } from './shared-clock.ts';
import type { Reply, WorkerOptions } from './worker.ts';

export class Workshop {
  readonly server: RotatingServer;
  readonly folder: string;
  readonly #home: string;
  readonly #clockFile: string;
  readonly #children = new Set<ChildProcess>();

  private constructor(server: RotatingServer, home: string) {
    this.server = server;
    this.#home = home;
    this.folder = join(home, 'tokens');
    this.#clockFile = join(home, 'clock');
    this.shift({});
  }

  static async open(options: ServerOptions = {}): Promise<Workshop> {
    return new Workshop(await RotatingServer.start(options), await mkdtemp(join(tmpdir(), 'hufu-client-')));
  }

  shift(shift: Partial<Shift>): void {
    writeShift(this.#clockFile, shift);
  }

  /** The clock that all share; its short waits are over at once. */
  get clock(): Clock {
    return {
      ...sharedClock(this.#clockFile),
      sleep: (ms, options) => systemClock().sleep(ms >= 5_000 ? ms : 0, options),
    };
  }

  /** A token source of this process over the same folder. */
  source(options: { readonly interactive?: boolean; readonly lock?: Lock } = {}): TokenSource {
    const { url, isReplayable } = this.server;
    const clock = sharedClock(this.#clockFile);
    return createTokenSource({
      provider: rotating({ url, isReplayable, interactive: options.interactive }),
      store: fileStore({ folder: this.folder }),
      lock: options.lock ?? fileLock({ folder: this.folder, clock }),
      clock,
    });
  }

  async worker(more: Pick<WorkerOptions, 'point' | 'signal'> = {}): Promise<Worker> {
    const { url, isReplayable } = this.server;
    const options: WorkerOptions = { url, isReplayable, folder: this.folder, clockFile: this.#clockFile, ...more };
    const child = fork(new URL('worker.ts', import.meta.url), [JSON.stringify(options)], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#children.add(child);
    const worker = new Worker(child);
    assert.deepEqual(await worker.next(), { is: 'ready' });
    return worker;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    await this.server[Symbol.asyncDispose]();
    await rm(this.#home, { recursive: true });
  }
}

export class Worker {
  readonly process: ChildProcess;
  /** What it wrote to its standard error: warnings of unhandled rejections, among others. */
  errors = '';
  readonly #replies: Reply[] = [];
  #wake = (): void => {};

  constructor(child: ChildProcess) {
    this.process = child;
    child.stderr?.on('data', (data) => {
      this.errors += data;
    });
    // Only workers are at the other end, and they send nothing else.
    child.on('message', (reply) => {
      this.#replies.push(reply as Reply);
      this.#wake();
    });
    child.on('exit', () => this.#wake());
  }

  /** The next reply; `undefined` where the process ended before. */
  async next(): Promise<Reply | undefined> {
    while (this.#replies.length === 0) {
      if (this.process.exitCode !== null || this.process.signalCode !== null) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#replies.shift();
  }

  ask(): void {
    this.process.send('get');
  }

  async token(): Promise<string> {
    this.ask();
    const reply = await this.next();
    assert.equal(reply?.is, 'token', `${JSON.stringify(reply)} ${this.errors}`);
    return reply.token;
  }

  async ended(): Promise<void> {
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
  }
}
