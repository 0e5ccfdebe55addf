/**
 * What a fault does to an answer that is about to leave. The server has decided by then, and its decision is on disk; nothing
 * of it, whichever way it writes, leaves past the tap.
 */

import type { ServerResponse } from 'node:http';
import type { Outgoing } from '../http/send.ts';
import type { StatusFault } from './fault-words.ts';
import type { Fault } from './faults.ts';
import { type Tap, tap, type WriteCall } from './tap.ts';

export interface AnswerTools {
  delay(delayMs: number): Promise<void>;
  /** Answers in the place of what is held. */
  refuse(response: Outgoing, fault: StatusFault): void;
}

export type AnswerTap = Pick<Tap, 'remove'>;

type Fate = (call: WriteCall, args: readonly unknown[]) => void;

/** @param take called once, when the answer begins. */
export function tapAnswer(response: ServerResponse, take: () => Fault | undefined, tools: AnswerTools): AnswerTap {
  let fate: Fate | undefined;
  const tapped = tap(response, (call, args) => {
    fate ??= fateOf(take());
    fate(call, args);
  });

  function fateOf(fault: Fault | undefined): Fate {
    switch (fault?.do) {
      case undefined:
        tapped.remove();
        return (call, args) => tapped.pass(call, ...args);
      case 'drop':
        response.destroy();
        return () => undefined;
      case 'status':
        tools.refuse(behind(response, tapped), fault);
        return () => undefined;
      case 'delay':
        return replayedAfter(tools.delay(fault.delayMs), response, tapped);
      case 'truncated':
        return cutShort(response, tapped);
    }
  }

  return tapped;
}

/** The response for those who write past the tap. */
const behind = (response: ServerResponse, { pass }: Tap): Outgoing => ({
  get shouldKeepAlive() {
    return response.shouldKeepAlive;
  },
  get headersSent() {
    return response.headersSent;
  },
  get destroyed() {
    return response.destroyed;
  },
  writeHead: (status, headers) => pass('writeHead', status, headers),
  end: (body, encoding) => pass('end', body, encoding),
});

/** Keeps the calls, and makes them in their order when the time has come. */
function replayedAfter(delay: Promise<void>, response: ServerResponse, tapped: Tap): Fate {
  const held: (() => void)[] = [];
  void delay.then(() => {
    tapped.remove();
    if (!response.destroyed) for (const call of held) call();
  });
  return (call, args) => {
    held.push(() => tapped.pass(call, ...args));
  };
}

/** Lets the head pass, and half of the first piece of the body. A body of no bytes has no middle: nothing is sent at all. */
function cutShort(response: ServerResponse, tapped: Tap): Fate {
  let isOver = false;
  return (call, args) => {
    if (isOver) return;
    if (call === 'writeHead') {
      tapped.pass(call, ...args);
      return;
    }
    if (call === 'flushHeaders') return;
    isOver = true;
    const [chunk, encoding] = args;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk, encodingOf(encoding)) : chunk;
    if (!(bytes instanceof Uint8Array) || bytes.length === 0) {
      response.destroy();
      return;
    }
    if (!response.headersSent) {
      if (call === 'end') response.setHeader('content-length', bytes.length);
      // Node would write it by itself, and the tap would hold it.
      tapped.pass('writeHead', response.statusCode);
    }
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    tapped.pass('write', half, () => response.socket?.destroySoon());
  };
}

const encodingOf = (given: unknown): BufferEncoding =>
  typeof given === 'string' && Buffer.isEncoding(given) ? given : 'utf8';
