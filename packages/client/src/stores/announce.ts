/** Tells the other tabs that a record changed: its key and nothing else. */

interface Channel {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
  /** Outside of browsers: does not keep the program alive. */
  unref?(): void;
}

declare const BroadcastChannel: (new (name: string) => Channel) | undefined;

export interface Announcements {
  tell(key: string): void;
  on(key: string, changed: () => void): () => void;
}

/** @param name other stores of this name hear it, in this tab and in others of the origin. */
export function announcements(name: string): Announcements {
  const listeners = new Set<{ readonly key: string; readonly changed: () => void }>();
  const hear = (key: unknown): void => {
    for (const listener of listeners) if (listener.key === key) listener.changed();
  };
  let channel: Channel | undefined;
  const open = (): Channel | undefined => {
    if (channel || typeof BroadcastChannel === 'undefined') return channel;
    try {
      channel = new BroadcastChannel(name);
    } catch {
      // Forbidden to some frames of other sites. News may be missed.
      return undefined;
    }
    channel.addEventListener('message', ({ data }) => hear(data));
    channel.unref?.();
    return channel;
  };
  const close = (): void => {
    channel?.close();
    channel = undefined;
  };
  return {
    tell(key) {
      hear(key);
      open()?.postMessage(key);
      if (listeners.size === 0) close();
    },
    on(key, changed) {
      const listener = { key, changed };
      listeners.add(listener);
      open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) close();
      };
    },
  };
}
