/** Tells listeners, each on its own, and never while a refresh still decides: events wait until they are released. */

import type { TokenEvent, TokenEvents, TokenEventType } from './events.ts';

type Listener = (event: TokenEvent) => unknown;

export interface Emitter {
  emit(event: TokenEvent): void;
  /** Delivers what waits, on a microtask. */
  release(): void;
  on<Type extends TokenEventType>(
    type: Type,
    listener: (event: { readonly type: Type } & TokenEvents[Type]) => unknown,
  ): () => void;
}

export function createEmitter(onEvent: Listener | undefined): Emitter {
  const listeners = new Set<{ readonly type: TokenEventType; readonly listener: Listener }>();
  let waiting: TokenEvent[] = [];
  const tell = (listener: Listener, event: TokenEvent): void => {
    // A listener's failure is its own, also an async one's: it must not reach the refresh, nor the next listener.
    new Promise((resolve) => resolve(listener(event))).catch(() => {});
  };
  return {
    emit: (event) => {
      waiting.push(event);
    },
    release() {
      const events = waiting;
      waiting = [];
      if (events.length === 0) return;
      queueMicrotask(() => {
        for (const event of events) {
          if (onEvent) tell(onEvent, event);
          for (const { type, listener } of listeners) if (type === event.type) tell(listener, event);
        }
      });
    },
    on(type, listener) {
      // Called with events of its own type alone, which `release` sees to.
      const entry = { type, listener: listener as Listener };
      listeners.add(entry);
      return () => {
        listeners.delete(entry);
      };
    },
  };
}
