/** What is read of axios, of any version since 0.21; none of it is imported. */

/** `AxiosHeaders`, or the plain object of older versions. */
export type HeaderBag = object;

export interface AxiosConfig {
  readonly url?: string | undefined;
  readonly baseURL?: string | undefined;
  readonly allowAbsoluteUrls?: boolean | undefined;
  readonly data?: unknown;
  readonly signal?: unknown;
  headers?: HeaderBag | undefined;
}

export interface AxiosAnswer {
  readonly status: number;
  readonly data: unknown;
  readonly headers: unknown;
  readonly config: object;
}

export interface Interceptors<Value> {
  use(done: (value: Value) => Value | Promise<Value>, failed?: (error: unknown) => unknown): number;
  eject(id: number): void;
}

/** An instance, or `axios` itself. */
export interface AxiosShape<Config extends AxiosConfig, Answer extends AxiosAnswer> {
  readonly interceptors: { readonly request: Interceptors<Config>; readonly response: Interceptors<Answer> };
  /** With what an interceptor got. */
  request(config: object): Promise<unknown>;
}

const hasMethod = <Name extends string>(
  value: object,
  name: Name,
): value is Record<Name, (...parts: unknown[]) => unknown> =>
  name in value && typeof (value as Record<Name, unknown>)[name] === 'function';

const namesOf = (headers: HeaderBag): string[] => Object.keys(headers).map((name) => name.toLowerCase());

export function hasHeader(headers: HeaderBag, name: string): boolean {
  return hasMethod(headers, 'has') ? headers.has(name) === true : namesOf(headers).includes(name);
}

/** In place of every spelling of the name. */
export function setHeader(headers: HeaderBag, name: string, value: string): void {
  if (hasMethod(headers, 'set')) {
    headers.set(name, value);
    return;
  }
  for (const key of Object.keys(headers)) if (key.toLowerCase() === name) Reflect.deleteProperty(headers, key);
  Reflect.set(headers, name, value);
}

/** An answer's header, as `AnswerFacts` wants it. */
export function headerReader(headers: unknown): { get(name: string): string | null } {
  const values = new Map<string, string>();
  if (typeof headers === 'object' && headers !== null) {
    for (const [name, value] of Object.entries(headers)) values.set(name.toLowerCase(), String(value));
  }
  return { get: (name) => values.get(name.toLowerCase()) ?? null };
}

/** Other interceptors may have made anything of an answer. */
export const isAnswer = (value: unknown): value is AxiosAnswer =>
  typeof value === 'object' &&
  value !== null &&
  'status' in value &&
  typeof value.status === 'number' &&
  'config' in value &&
  typeof value.config === 'object' &&
  value.config !== null;
