/**
 * Time in Hufu: an instant is an integer of unix milliseconds and its name ends in `AtMs` or `Ms`;
 * a duration that an operator or a client states is in seconds and ends in `Seconds`.
 * Milliseconds, because SLS and SCNet put them on the wire (docs/decisions/0002).
 */

export const secondMs = 1000;

/** The unix second that an instant lies in, as JWT claims carry it. */
export const unixSeconds = (atMs: number): number => Math.floor(atMs / secondMs);

export const addSeconds = (atMs: number, seconds: number): number => atMs + seconds * secondMs;

/** An instant is over from its own first moment on: `exp` itself is no longer valid (RFC 7519, section 4.1.4). */
export const isOver = (endAtMs: number, nowMs: number): boolean => nowMs >= endAtMs;
