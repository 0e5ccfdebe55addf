/** What a load generator is asked, and what it says afterwards. */

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With its query. */
  readonly path: string;
  /** `host`, `connection` and `content-length` among them: what stands here is all that is sent. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  readonly body: string;
}

/** The same requests over and over, in rotation. */
export interface Rotation {
  readonly kind: 'rotation';
  readonly requests: readonly HttpRequest[];
}

/** One request for each text, sent once: a refresh token, an assertion. A run fails where no text is left. */
export interface Queue {
  readonly kind: 'queue';
  /** The first is the next to go. All of one length, since requests state theirs. */
  readonly texts: readonly string[];
  /** The text stands in the body, once. */
  readonly requestOf: (text: string) => HttpRequest;
  /** Member of the JSON answers whose text joins the end of the queue; `undefined` where nothing follows. */
  readonly successor: string | undefined;
  /** Told what was not sent when the time was over; texts that were under way are lost. */
  readonly keepRest?: ((texts: readonly string[]) => void) | undefined;
}

export type Traffic = Rotation | Queue;

export interface LoadAsk {
  readonly url: string;
  readonly traffic: Traffic;
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

/** The first request of some traffic, to look at its answer before anything is measured. It uses a text of a queue up. */
export function firstOf(traffic: Traffic): HttpRequest {
  const [first] = traffic.kind === 'rotation' ? traffic.requests : traffic.texts.map(traffic.requestOf);
  if (!first) throw new Error('traffic without a request');
  return first;
}

/** What the requests of a queue have in common, so that a generator needs nothing but the texts. */
export interface QueueTemplate {
  readonly request: HttpRequest;
  /** The body around the text. */
  readonly before: string;
  readonly after: string;
}

export function templateOf({ texts, requestOf }: Queue): QueueTemplate {
  const [first] = texts;
  if (first === undefined) throw new Error('a queue without a text');
  if (texts.some(({ length }) => length !== first.length)) throw new Error('the texts of a queue differ in length');
  const request = requestOf(first);
  const [before, after, ...more] = request.body.split(first);
  if (before === undefined || after === undefined || more.length > 0) throw new Error('a text stands in the body once');
  return { request, before, after };
}
