/**
 * Why something was refused, in full. A reason goes to the audit log; outside, each dialect turns it into one of its own
 * dull codes (`dialects/<name>/errors.ts`, an exhaustive switch). No reason ever holds a secret, a token or a ticket.
 */

export type Reason =
  /**
   * The request does not follow the dialect's form. `problem` is the dialect's own code and `detail` names the place;
   * `message` answers the caller, may repeat what they sent, and therefore goes to no log.
   */
  | {
      readonly code: 'request_malformed';
      readonly problem: string;
      readonly detail: string;
      readonly message: string;
    }
  | { readonly code: 'access_key_unknown'; readonly accessKeyId: string }
  | { readonly code: 'access_key_disabled'; readonly accessKeyId: string }
  | { readonly code: 'user_disabled'; readonly accessKeyId: string }
  | { readonly code: 'tenant_disabled'; readonly tenant: string }
  | { readonly code: 'security_token_invalid'; readonly accessKeyId: string }
  | { readonly code: 'security_token_expired'; readonly accessKeyId: string }
  | { readonly code: 'signature_mismatch'; readonly accessKeyId: string }
  /** The request's time is too far from the server's. */
  | { readonly code: 'request_time_skewed'; readonly requestTime: string; readonly serverTimeMs: number }
  | { readonly code: 'permission_denied'; readonly action: string; readonly resource: string }
  | { readonly code: 'rate_limited'; readonly accessKeyId: string }
  | { readonly code: 'client_authentication_failed'; readonly clientId: string }
  | { readonly code: 'client_not_permitted'; readonly clientId: string; readonly permission: string }
  /** A duration outside what the policy allows. */
  | { readonly code: 'lifetime_out_of_range'; readonly name: string; readonly maximumSeconds: number }
  /** Not a credential that this server made, or one whose key is gone. */
  | { readonly code: 'credential_invalid'; readonly detail: string }
  | { readonly code: 'credential_expired' }
  /** Well made, but its grant is not in the store: purged, or from another store. */
  | { readonly code: 'grant_unknown'; readonly grantId: string }
  /** The grant belongs to another tenant than the caller. */
  | { readonly code: 'grant_foreign'; readonly grantId: string }
  | { readonly code: 'grant_revoked'; readonly grantId: string }
  /** The grant lives, but its user or tenant is disabled. */
  | { readonly code: 'grant_suspended'; readonly grantId: string }
  | { readonly code: 'grant_expired'; readonly grantId: string }
  | { readonly code: 'renewal_over'; readonly grantId: string }
  /** A refresh token that was used before, outside the retry window: the grant ends. */
  | { readonly code: 'refresh_replayed'; readonly grantId: string }
  /** The current refresh token, but not from the client, authentication and key that it was given to: no grant is touched. */
  | { readonly code: 'binding_mismatch'; readonly grantId: string }
  /** A refresh token of a generation that is still to come, under a good tag: no grant is touched. */
  | { readonly code: 'refresh_forged'; readonly grantId: string }
  /** The store cannot answer or its queue is full: try again, nothing was decided. */
  | { readonly code: 'temporarily_unavailable'; readonly detail: string }
  /** The store did not answer in time: whether the change was made is not known. */
  | { readonly code: 'timed_out' }
  /** A mistake of ours. The detail is for the log only. */
  | { readonly code: 'internal'; readonly detail: string };

export type ReasonCode = Reason['code'];

/** A decision: either a value, or the reason why there is none. */
export type Decision<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly reason: Reason };

export const accept = <Value>(value: Value): Decision<Value> => ({ ok: true, value });
export const refuse = (reason: Reason): { readonly ok: false; readonly reason: Reason } => ({ ok: false, reason });
