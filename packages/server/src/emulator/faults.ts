/** Faults that a tester orders: which requests they meet, and what happens to those. */

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { covers, type ServedRoutes } from './served-routes.ts';

/** Faults that may wait at one time. */
export const maxFaults = 100;

const path = z
  .string()
  .max(256)
  .regex(
    /^\/[^?#*\s]*\*?$/,
    'allowed: a path without a query, such as "/tickets"; a "*" at its end stands for any rest',
  );
const common = {
  path,
  /** Requests of this method only; of every one by default. */
  method: z.enum(['GET', 'POST', 'PATCH', 'DELETE', 'OPTIONS']).optional(),
  /** How many requests it meets. */
  times: z.number().int().min(1).max(1_000_000).default(1),
};
/** `after-commit`: the decision is on disk, and its answer suffers. */
const when = z.enum(['before', 'after-commit']);

/** What `POST /admin/v1/dev/faults` takes. */
export const faultAsk = z.discriminatedUnion('do', [
  /** Closes the connection without a word. */
  z.strictObject({ do: z.literal('drop'), when, ...common }),
  /** Answers with this status, in the words of whoever serves the path. */
  z.strictObject({
    do: z.literal('status'),
    when,
    ...common,
    status: z.number().int().min(400).max(599),
    /** For the header Retry-After; where it is not named, there is one only where the words have one by themselves. */
    retryAfterSeconds: z.number().int().min(0).max(86_400).optional(),
  }),
  /** Waits, then goes on as if nothing had been. */
  z.strictObject({ do: z.literal('delay'), when, ...common, delayMs: z.number().int().min(0).max(60_000) }),
  /** Sends the true answer's headers and half of its body, then closes the connection. */
  z.strictObject({ do: z.literal('truncated'), when: z.literal('after-commit'), ...common }),
]);

/** A fault as a tester writes it: `{ path, when, do, … }`. */
export type FaultAsk = z.input<typeof faultAsk>;

/** `times` counts down to what is left. */
export type Fault = z.output<typeof faultAsk>;

/** The fault is not as it must be, or would never meet a request: a test that relied on it would test nothing. */
export class FaultRefused extends Error {
  override readonly name = 'FaultRefused';
}

export class TooManyFaults extends Error {
  override readonly name = 'TooManyFaults';
}

export interface Faults {
  /**
   * Takes effect with the next request. Of two faults for one path the earlier one comes first.
   *
   * @throws {FaultRefused} where it is malformed, or nothing is served at its path.
   * @throws {TooManyFaults} where a hundred wait already.
   */
  add(fault: FaultAsk): void;
  /** Those with times left. */
  list(): readonly Fault[];
  clear(): void;
}

/** The side of those who carry the faults out. */
export interface FaultOrders extends Faults {
  /** The fault that this request meets now, if one does: counted with this call. */
  take(request: { readonly method: string; readonly path: string }, when: Fault['when']): Fault | undefined;
  /** Settles after `delayMs`, or with `release`. */
  delay(delayMs: number): Promise<void>;
  /** Ends every delay under way. */
  release(): void;
}

/** @param served asked at each `add`: what is served may change. */
export function createFaultOrders(served: () => ServedRoutes): FaultOrders {
  let waiting: Fault[] = [];
  let delays = new AbortController();
  return {
    add(ask) {
      const fault = read(ask);
      if (!served().some((route) => covers(fault, route))) throw new FaultRefused(nothingThere(served()));
      if (waiting.length >= maxFaults) throw new TooManyFaults(`at most ${maxFaults} faults may wait`);
      waiting.push(fault);
    },
    list: () => [...waiting],
    clear() {
      waiting = [];
    },
    take(request, at) {
      const found = waiting.findIndex((fault) => fault.when === at && meets(fault, request));
      const fault = waiting[found];
      if (!fault) return undefined;
      if (fault.times > 1) waiting[found] = { ...fault, times: fault.times - 1 };
      else waiting.splice(found, 1);
      return fault;
    },
    delay: (delayMs) => wait(delayMs, undefined, { signal: delays.signal }).catch(() => undefined),
    release() {
      delays.abort();
      delays = new AbortController();
    },
  };
}

function read(ask: FaultAsk): Fault {
  const { success, data, error } = faultAsk.safeParse(ask);
  if (success) return data;
  throw new FaultRefused(error.issues.map(({ path: at, message }) => `${at.join('.')}: ${message}`).join('; '));
}

function meets(fault: Fault, { method, path: at }: { readonly method: string; readonly path: string }): boolean {
  if (fault.method !== undefined && fault.method !== method) return false;
  return fault.path.endsWith('*') ? at.startsWith(fault.path.slice(0, -1)) : at === fault.path;
}

/** Routes of the admin API are many, and told by their prefix. */
function nothingThere(routes: ServedRoutes): string {
  const admin = '/admin/v1/';
  const named = new Set(routes.map((route) => route.path).filter((at) => !at.startsWith(admin)));
  return `path: nothing is served there; allowed: ${[...named].join(', ')}, and what is below ${admin} but for ${admin}dev/`;
}
