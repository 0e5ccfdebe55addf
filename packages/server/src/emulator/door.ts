/**
 * The door between the port and the server behind it. While one server takes the place of another, requests wait at the
 * door, and their connections stay open.
 */

import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { adminPrefix } from '../http/admin/index.ts';

export interface Door {
  /** Lets everybody in, those who wait first. */
  open(handle: RequestListener): void;
  /** Lets nobody in. Settles when everybody who is inside has left; after `graceMs` those who are left are cut off. */
  shut(graceMs: number): Promise<void>;
  /** Sends away who waits, and everybody who comes. */
  wallUp(): void;
}

/** It comes in and stays inside while the door is shut: it is what asks for that. */
const resetPath = `${adminPrefix}/dev/reset`;

/** Takes the place of whoever handles the requests of this listener. */
export function hangDoor(listener: Server): Door {
  const inside = new Set<ServerResponse>();
  let handle: RequestListener | undefined;
  let waiting: (() => void)[] = [];
  let emptied: (() => void) | undefined;

  function enter(request: IncomingMessage, response: ServerResponse): void {
    if (response.destroyed) return;
    if (!handle) {
      waiting.push(() => enter(request, response));
      return;
    }
    if (request.url !== resetPath) {
      inside.add(response);
      response.once('close', () => {
        inside.delete(response);
        if (inside.size === 0) emptied?.();
      });
    }
    handle(request, response);
  }

  function letIn(): void {
    const first = waiting;
    waiting = [];
    for (const come of first) come();
  }

  listener.removeAllListeners('request').on('request', enter);
  return {
    open(next) {
      handle = next;
      letIn();
    },
    async shut(graceMs) {
      handle = undefined;
      if (inside.size === 0) return;
      const timer = setTimeout(() => {
        for (const response of inside) response.destroy();
      }, graceMs);
      await new Promise<void>((resolve) => {
        emptied = resolve;
      });
      clearTimeout(timer);
      emptied = undefined;
    },
    wallUp() {
      handle = (_request, response) => response.destroy();
      letIn();
    },
  };
}
