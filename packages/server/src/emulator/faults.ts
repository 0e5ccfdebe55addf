/** Faults that a tester orders: the next requests of a path are dropped, delayed or refused, before or after their commit. */

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type { Reason } from '../core/reasons.ts';
import type { WireAnswer } from '../dialects/dialect.ts';
import type { Exchange, Interceptor } from '../http/interceptor.ts';

/** Faults that may wait at one time. */
export const maxFaults = 100;

const path = z
  .string()
  .max(256)
  .regex(/^\/[^?#\s]*$/, 'allowed: a path without a query, such as "/tickets"');
const common = {
  path,
  /** `after-commit`: the decision is on disk, and its answer suffers. */
  when: z.enum(['before', 'after-commit']),
  /** How many requests it meets. */
  times: z.number().int().min(1).max(1_000_000).default(1),
};

/** What `POST /admin/v1/dev/faults` takes. */
export const faultAsk = z.discriminatedUnion('do', [
  /** Closes the connection without a word. */
  z.strictObject({ do: z.literal('drop'), ...common }),
  /** Answers with this status, in the dialect's own words. */
  z.strictObject({ do: z.literal('status'), ...common, status: z.number().int().min(400).max(599) }),
  /** Waits, then goes on as if nothing had been. */
  z.strictObject({ do: z.literal('delay'), ...common, delayMs: z.number().int().min(0).max(60_000) }),
]);

/** `times` counts down to what is left. */
export type Fault = z.output<typeof faultAsk>;

export class TooManyFaults extends Error {
  override readonly name = 'TooManyFaults';
}

export interface Faults extends Interceptor {
  /** Takes effect with the next request. Of two faults for one path the earlier one comes first. */
  add(fault: Fault): void;
  /** Those with times left. */
  list(): readonly Fault[];
  clear(): void;
  /** Ends every delay under way, for a prompt stop. */
  release(): void;
}

export function createFaults(): Faults {
  let waiting: Fault[] = [];
  let delays = new AbortController();

  function take(at: string, when: Fault['when']): Fault | undefined {
    const found = waiting.findIndex((fault) => fault.path === at && fault.when === when);
    const fault = waiting[found];
    if (!fault) return undefined;
    if (fault.times > 1) waiting[found] = { ...fault, times: fault.times - 1 };
    else waiting.splice(found, 1);
    return fault;
  }

  /** Whether the exchange is over. */
  async function meet(exchange: Exchange, when: Fault['when']): Promise<boolean> {
    const fault = take(exchange.request.path, when);
    if (!fault) return false;
    switch (fault.do) {
      case 'drop':
        exchange.response.destroy();
        return true;
      case 'status':
        exchange.finish(refusalWith(fault.status, exchange));
        return true;
      case 'delay':
        await wait(fault.delayMs, undefined, { signal: delays.signal }).catch(() => undefined);
        return false;
    }
  }

  return {
    before: (exchange) => meet(exchange, 'before'),
    afterCommit: (exchange) => meet(exchange, 'after-commit'),
    add(fault) {
      if (waiting.length >= maxFaults) throw new TooManyFaults(`at most ${maxFaults} faults may wait`);
      waiting.push(fault);
    },
    list: () => [...waiting],
    clear() {
      waiting = [];
    },
    release() {
      delays.abort();
      delays = new AbortController();
    },
  };
}

function refusalWith(status: number, { dialect, context }: Exchange): WireAnswer {
  return { ...dialect.refuse(reasonFor(status), context), status };
}

/** The reason whose words fit the status best. */
function reasonFor(status: number): Reason {
  if (status === 429 || status === 403) return { code: 'rate_limited', accessKeyId: '' };
  if (status === 503) return { code: 'temporarily_unavailable', detail: 'fault of the emulator' };
  return { code: 'internal', detail: 'fault of the emulator' };
}
