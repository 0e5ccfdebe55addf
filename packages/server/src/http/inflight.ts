/** Requests under way: bounds their time with one timer for all of them, and lets a shutdown wait for the last. */

export interface Ticket {
  readonly startedMs: number;
  /** Answers in place of a handler that took too long. */
  readonly timeOut: () => void;
}

export interface Inflight {
  readonly count: number;
  enter(ticket: Ticket): void;
  leave(ticket: Ticket): void;
  /** Settles when nothing is under way any more, or after `graceMs`: then `false`. */
  drained(graceMs: number): Promise<boolean>;
  stop(): void;
}

/** @param monotonicMs a clock that never jumps, unlike the service's. */
export function createInflight(timeoutMs: number, monotonicMs: () => number): Inflight {
  const tickets = new Set<Ticket>();
  let waiting: (() => void) | undefined;
  const sweep = setInterval(
    () => {
      const latest = monotonicMs() - timeoutMs;
      // A set keeps the order of entry, so the first one that is in time ends the sweep.
      for (const ticket of tickets) {
        if (ticket.startedMs > latest) break;
        tickets.delete(ticket);
        ticket.timeOut();
      }
    },
    Math.min(1000, timeoutMs / 4),
  );
  sweep.unref();
  return {
    get count() {
      return tickets.size;
    },
    enter(ticket) {
      tickets.add(ticket);
    },
    leave(ticket) {
      tickets.delete(ticket);
      if (tickets.size === 0) waiting?.();
    },
    drained(graceMs) {
      if (tickets.size === 0) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = setTimeout(() => resolve(false), graceMs);
        waiting = () => {
          clearTimeout(timer);
          resolve(true);
        };
      });
    },
    stop() {
      clearInterval(sweep);
    },
  };
}
