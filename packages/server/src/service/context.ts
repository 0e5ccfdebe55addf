/** What the service knows of the request that it serves, beside the command. */

export interface RequestContext {
  readonly requestId: string;
  /** The one instant at which the whole request is judged, so that its answer's header and its tokens agree. */
  readonly nowMs: number;
  /** Network address of the caller, for the audit log. */
  readonly remote: string;
}
