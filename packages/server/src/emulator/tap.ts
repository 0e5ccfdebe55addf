/** Stands between a server and one response: every call that would write is held, until the tap lets it through. */

import type { ServerResponse } from 'node:http';

const calls = ['writeHead', 'flushHeaders', 'write', 'end'] as const;
export type WriteCall = (typeof calls)[number];

export interface Tap {
  /** Makes a call of the response itself. */
  pass(call: WriteCall, ...args: readonly unknown[]): unknown;
  /** From here on nothing is held. */
  remove(): void;
}

/** @param held in the place of each call. */
export function tap(response: ServerResponse, held: (call: WriteCall, args: readonly unknown[]) => void): Tap {
  const { writeHead, flushHeaders, write, end } = response;
  const own = { writeHead, flushHeaders, write, end };
  for (const call of calls) {
    const value = (...args: unknown[]): unknown => {
      held(call, args);
      // What the callers of Node's methods get; a writer that is held never has to wait for `drain`.
      return call === 'write' ? true : response;
    };
    Object.defineProperty(response, call, { configurable: true, value });
  }
  return {
    pass: (call, ...args) => Reflect.apply(own[call], response, args),
    remove() {
      // The methods of its class show again.
      for (const call of calls) Reflect.deleteProperty(response, call);
    },
  };
}
