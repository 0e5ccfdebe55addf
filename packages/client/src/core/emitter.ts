/** Tells listeners, each on its own, and never while a refresh still decides: events wait until they are released. */

import type { TokenEvent, TokenEvents, TokenEventType } from './events.ts';

type Listener = (event: TokenEvent) => unknown;

export interface Emitter {
  emit(event: TokenEvent): void;
  /** Delivers what waits, on a microtask. */
  release(): void;
  /** Returns what ends it. */
  on<Type extends TokenEventType>(
    type: Type,
    listener: (event: { readonly type: Type } & TokenEvents[Type]) => unknown,
  ): () => void;
}

export function createEmitter(onEvent: Listener | undefined): Emitter {
  const listeners = new Set<Listener>(onEvent && [onEvent]);
  const waiting: TokenEvent[] = [];
  // A listener's failure is its own, also an async one's: it must not reach the refresh, nor the next listener.
  const tell = async (listener: Listener, event: TokenEvent): Promise<unknown> => listener(event);
  return {
    emit: (event) => {
      waiting.push(event);
    },
    release() {
      const events = waiting.splice(0);
      queueMicrotask(() => {
        for (const event of events) for (const listener of listeners) tell(listener, event).catch(() => {});
      });
    },
    on(type, listener) {
      // An event with the type has the facts of the type; the compiler does not see that of a generic one.
      const filtered: Listener = (event) => event.type === type && listener(event as Parameters<typeof listener>[0]);
      listeners.add(filtered);
      return () => {
        listeners.delete(filtered);
      };
    },
  };
}
