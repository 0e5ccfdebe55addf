/** What a load generator is asked, and what it says afterwards. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  /** `host`, `connection` and `content-length` among them: what stands here is all that is sent. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

export interface LoadAsk {
  readonly url: string;
  /** Sent in rotation. */
  readonly requests: readonly HttpRequest[];
  readonly connections: number;
  /** Whole seconds. */
  readonly seconds: number;
}

export interface Measured {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 2xx, and connections that failed. */
  readonly errors: number;
}

export interface Load {
  readonly name: string;
  run(ask: LoadAsk): Promise<Measured>;
}
