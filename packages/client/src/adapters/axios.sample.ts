/** As much of axios as interceptors see: their order, its copies of configurations, its errors. The rest is a real request. */

import type { AxiosAnswer, AxiosConfig, AxiosShape, Interceptors } from './axios-shapes.ts';

export interface SampleConfig extends AxiosConfig {
  method?: string;
  headers?: Record<string, string>;
  data?: unknown;
  validateStatus?: (status: number) => boolean;
  transformRequest?: readonly ((data: unknown) => unknown)[];
  skipAuth?: boolean;
}

export interface SampleAnswer extends AxiosAnswer {
  readonly config: SampleConfig;
}

export interface SampleAxios extends AxiosShape<SampleConfig, SampleAnswer> {
  request(config: SampleConfig): Promise<SampleAnswer>;
}

interface Pair<Value> {
  readonly done: (value: Value) => Value | Promise<Value>;
  readonly failed: ((error: unknown) => unknown) | undefined;
}

function interceptors<Value>(): Interceptors<Value> & { readonly pairs: (Pair<Value> | undefined)[] } {
  const pairs: (Pair<Value> | undefined)[] = [];
  return {
    pairs,
    use: (done, failed) => pairs.push({ done, failed }) - 1,
    eject(id) {
      pairs[id] = undefined;
    },
  };
}

/** Plain objects are copied, everything else is passed on (axios, `mergeConfig`). */
const copyOf = (config: SampleConfig): SampleConfig =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
        ? { ...value }
        : value,
    ]),
  );

const asJson = (data: unknown): unknown =>
  typeof data === 'object' && data !== null && Object.getPrototypeOf(data) === Object.prototype
    ? JSON.stringify(data)
    : data;

export function sampleAxios(baseURL: string): SampleAxios {
  const [request, response] = [interceptors<SampleConfig>(), interceptors<SampleAnswer>()];

  async function dispatch(config: SampleConfig): Promise<SampleAnswer> {
    const { transformRequest = [asJson], validateStatus = (status) => status < 300 } = config;
    config.data = transformRequest.reduce((data, transform) => transform(data), config.data);
    const { method = 'GET', headers = {}, data, url = '' } = config;
    const address = /^https?:/.test(url) ? url : `${config.baseURL}${url}`;
    const body = typeof data === 'string' ? { body: data } : {};
    const got = await fetch(address, { method, headers, ...body });
    const answer = { status: got.status, data: await got.json(), headers: Object.fromEntries(got.headers), config };
    if (validateStatus(got.status)) return answer;
    throw Object.assign(new Error(`Request failed with status code ${got.status}`), { config, response: answer });
  }

  return {
    interceptors: { request, response },
    async request(given) {
      let config = copyOf({ baseURL, ...given });
      for (const pair of request.pairs.toReversed()) if (pair) config = await pair.done(config);
      let answer = dispatch(config);
      for (const pair of response.pairs) {
        // What an interceptor makes of an error is the answer, as with axios.
        if (pair) answer = answer.then(pair.done, pair.failed as (error: unknown) => Promise<SampleAnswer>);
      }
      return answer;
    },
  };
}
