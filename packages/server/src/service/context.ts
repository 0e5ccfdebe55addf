/** What the service knows of the request that it serves, beside the command. */

import type { LifetimePolicy } from '../core/policy.ts';
import type { TokenFormat } from '../core/token.ts';

export interface RequestContext {
  readonly requestId: string;
  /** The one instant at which the whole request is judged, so that its answer's header and its tokens agree. */
  readonly nowMs: number;
  /** Network address of the caller, for the audit log. */
  readonly remote: string;
}

/** As much of a dialect as the service needs: a policy and two formats. */
export interface Speech {
  readonly name: string;
  readonly lifetimes: LifetimePolicy;
  readonly grantFormat: TokenFormat;
  readonly accessFormat: TokenFormat;
}
