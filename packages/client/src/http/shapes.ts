/** What `createFetch` reads of the platform's requests and responses; every `fetch` has them. */

export interface HeadersShape {
  get(name: string): string | null;
  forEach(each: (value: string, name: string) => void): void;
}

export interface RequestShape {
  readonly url: string;
  readonly method: string;
  readonly headers: HeadersShape;
  readonly body?: unknown;
  readonly redirect?: string;
  readonly signal?: unknown;
}

export interface ResponseShape {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly url: string;
  readonly type?: string;
  readonly body?: unknown;
  clone(): { readonly body?: unknown; text(): Promise<string> };
}

export interface InitShape {
  readonly method?: string;
  readonly headers?: unknown;
  readonly body?: unknown;
  readonly redirect?: string;
  readonly signal?: unknown;
}

/** Any platform's `fetch`, seen from inside. */
export type FetchShape = (input: unknown, init: InitShape) => Promise<ResponseShape>;

/** Any platform's `fetch`, seen from outside: what goes in comes out. */
export type AnyFetch = (input: never, init?: never) => Promise<unknown>;

export type PlatformFetch = typeof globalThis extends { fetch: infer Fetch extends AnyFetch } ? Fetch : AnyFetch;

export const isRequest = (input: unknown): input is RequestShape =>
  typeof input === 'object' && input !== null && 'url' in input && 'headers' in input && 'method' in input;
