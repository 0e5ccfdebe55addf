/**
 * The main thread's side of the writer: gathers operations while others are on their way, so that many share one commit.
 * One request alone waits for nobody; under load the batches grow by themselves.
 */

import { AlreadyExists, OwnerMissing, StoreUnavailable } from '../../service/ports.ts';
import {
  type Answer,
  type Answers,
  type BatchResult,
  type Failure,
  type FromWriter,
  isFailure,
  type Operation,
  type ToWriter,
} from './operations.ts';

/** As much of a worker thread as the queue needs. */
export interface WriterThread {
  postMessage(message: ToWriter): void;
  on(event: 'message', listener: (message: FromWriter) => void): unknown;
  on(event: 'error', listener: (error: unknown) => void): unknown;
  on(event: 'exit', listener: () => void): unknown;
}

export interface QueueOptions {
  /** Most operations of one batch. */
  readonly batchOperations: number;
  /** Most batches that are on their way; while they are, further operations gather. */
  readonly batchesInFlight: number;
  /** Most operations that wait, those of the batch on its way included. */
  readonly maxPending: number;
}

interface Caller {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

export class WriteQueue {
  readonly #thread: WriterThread;
  readonly #options: QueueOptions;
  /** What goes out next, and at the same places who waits for it. */
  #operations: Operation[] = [];
  #waiting: Caller[] = [];
  /** Batches on their way, the oldest first: the writer answers in order. */
  #inFlight: (readonly Caller[])[] = [];
  #pending = 0;
  #flushIsSet = false;
  /** Why nothing more is taken, once that is so. */
  #refusal: string | undefined;
  #death: string | undefined;
  readonly #gone: Promise<void>;
  #drained: (() => void) | undefined;

  /** @param thread a writer that has said `ready`. */
  constructor(thread: WriterThread, options: QueueOptions) {
    this.#thread = thread;
    this.#options = options;
    thread.on('message', (message) => {
      if (message !== 'ready') this.#settle(message);
    });
    thread.on('error', (error) => this.#die(error instanceof Error ? error.message : 'it failed'));
    this.#gone = new Promise((resolve) => {
      thread.on('exit', () => {
        this.#die('it ended');
        resolve();
      });
    });
  }

  /** Operations whose caller still waits. */
  get pending(): number {
    return this.#pending;
  }

  /** Whether the next operation would be refused for their number. */
  get isBehind(): boolean {
    return this.pending >= this.#options.maxPending;
  }

  /** Why no operation is taken now, or `undefined` where they are. */
  get refusal(): string | undefined {
    return this.#refusal;
  }

  submit<Op extends Operation>(operation: Op): Promise<Answers[Op[0]]> {
    if (this.#refusal !== undefined) return Promise.reject(new StoreUnavailable(this.#refusal));
    if (this.#pending >= this.#options.maxPending) {
      return Promise.reject(new StoreUnavailable(`the store is behind by ${this.#pending} operations`));
    }
    return new Promise<Answers[Op[0]]>((resolve, reject) => {
      // The writer answers each operation as `Answers` states for its name.
      this.#waiting.push({ resolve: resolve as (answer: Answer) => void, reject });
      this.#operations.push(operation);
      this.#pending++;
      this.#setFlush();
    });
  }

  /** Takes nothing more, and settles when what was taken is answered. */
  async drain(): Promise<void> {
    this.#refusal ??= 'the store is closed';
    if (this.#pending === 0) return;
    await new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
  }

  /** Drains, then ends the thread. */
  async close(): Promise<void> {
    await this.drain();
    if (this.#death === undefined) this.#thread.postMessage('close');
    await this.#gone;
  }

  /** At the end of this turn of the event loop, so that all requests that came in together leave together. */
  #setFlush(): void {
    if (this.#flushIsSet || this.#inFlight.length >= this.#options.batchesInFlight) return;
    this.#flushIsSet = true;
    setImmediate(() => {
      this.#flushIsSet = false;
      this.#flush();
    });
  }

  #flush(): void {
    const { batchOperations, batchesInFlight } = this.#options;
    while (this.#waiting.length > 0 && this.#inFlight.length < batchesInFlight) {
      const operations = this.#operations;
      const callers = this.#waiting;
      this.#operations = operations.splice(batchOperations);
      this.#waiting = callers.splice(batchOperations);
      this.#inFlight.push(callers);
      this.#thread.postMessage(operations);
    }
  }

  #settle(result: BatchResult): void {
    const callers = this.#inFlight.shift() ?? [];
    this.#pending -= callers.length;
    // The next batch leaves first: the writer works on it while these callers are answered.
    this.#flush();
    if ('unavailable' in result) {
      for (const caller of callers) caller.reject(new StoreUnavailable(result.unavailable));
    } else {
      callers.forEach((caller, at) => {
        const answer = result.results[at];
        if (isFailure(answer)) caller.reject(errorOf(answer));
        else caller.resolve(answer);
      });
    }
    if (this.#pending === 0) this.#drained?.();
  }

  #die(reason: string): void {
    if (this.#death !== undefined) return;
    this.#death = reason;
    this.#refusal ??= `the writer of the store is gone: ${reason}`;
    const callers = [...this.#inFlight.flat(), ...this.#waiting];
    this.#inFlight = [];
    this.#waiting = [];
    this.#operations = [];
    this.#pending = 0;
    for (const caller of callers) caller.reject(new StoreUnavailable(`the writer of the store is gone: ${reason}`));
    this.#drained?.();
  }
}

function errorOf([kind, message]: Failure): Error {
  switch (kind) {
    case 'exists':
      return new AlreadyExists(message);
    case 'owner_missing':
      return new OwnerMissing(message);
    case 'unexpected':
      return new Error(`the store refused an operation: ${message}`);
  }
}
