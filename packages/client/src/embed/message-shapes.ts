/** What the bridge reads of a window and of an `<iframe>`; every browser's fit. */

export interface MessageShape {
  readonly data: unknown;
  readonly origin: string;
  /** The window that sent it. */
  readonly source: unknown;
}

export interface WindowShape {
  addEventListener(type: 'message', listener: (event: MessageShape) => void): void;
  removeEventListener(type: 'message', listener: (event: MessageShape) => void): void;
}

export interface FrameShape {
  /** As the browser resolved it. */
  readonly src: string;
  readonly contentWindow: { postMessage(message: unknown, targetOrigin: string): void } | null;
  readonly sandbox: { contains(token: string): boolean };
  hasAttribute(name: string): boolean;
}
