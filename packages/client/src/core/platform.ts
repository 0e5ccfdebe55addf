/**
 * The shapes of the web platform that the client needs, so that its types ask for neither the DOM library nor Node's.
 * Every `fetch` of a browser, Node, Bun, Deno or undici fits.
 */

/** What is read of an abort signal. */
export interface SignalShape {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** The platform's own `AbortSignal` where its types are known to the compiler: a `fetch` accepts nothing less. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Instance } } ? Instance : SignalShape;

/** A key of the platform's WebCrypto, where its types are known. */
export type PlatformKey = typeof globalThis extends {
  crypto: { subtle: { importKey(...parts: never): Promise<infer Key> } };
}
  ? Key
  : object;

export interface FetchInit {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly signal?: Signal;
  readonly redirect?: 'error' | 'follow' | 'manual';
  /** Default of `exchange`: `omit`, where the platform knows cookies at all. */
  readonly credentials?: 'omit' | 'same-origin' | 'include';
}

export interface FetchResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

export type FetchLike = (url: string, init?: FetchInit) => Promise<FetchResponse>;

/** What JSON can hold: what a store keeps and gets back unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type JsonObject = { readonly [name: string]: Json };
