/** What the agent hears and says. */

import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../core/types.ts';

export interface AgentRequest {
  readonly method: string;
  /** Path and query; what stands before them means nothing. */
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** At most `mostBodyBytes`; empty where there is none. */
  readonly body: string;
  /** Aborted when whoever asked has gone. */
  readonly signal: AbortSignal;
}

export interface AgentAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}
