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
  /** The key belongs to another user than the request names. */
  | { readonly code: 'access_key_foreign'; readonly accessKeyId: string }
  /** No user of this name, at a login by AccessKey. */
  | { readonly code: 'login_name_unknown'; readonly accessKeyId: string }
  /** A signed request that came before. */
  | { readonly code: 'signature_replayed'; readonly accessKeyId: string }
  /** The user has no account in the region of the token, or it is disabled. */
  | { readonly code: 'region_not_allowed'; readonly grantId: string }
  /** The token is for the platform, and the call is about a region. */
  | { readonly code: 'platform_token'; readonly grantId: string }
  /** A duration outside what the policy allows. */
  | { readonly code: 'lifetime_out_of_range'; readonly name: string; readonly maximumSeconds: number }
  /** No application of this dialect has this id, or its tenant is not the one that the request names. */
  | { readonly code: 'client_unknown'; readonly clientId: string }
  /** The application exists, but may not make this call or use this grant type. */
  | { readonly code: 'grant_type_not_allowed'; readonly clientId: string; readonly grantType: string }
  | { readonly code: 'redirect_uri_not_registered'; readonly clientId: string }
  /** The client has to bind its codes (RFC 7636), and did not. */
  | { readonly code: 'code_challenge_missing'; readonly clientId: string }
  | { readonly code: 'code_unknown'; readonly clientId: string }
  | { readonly code: 'code_expired'; readonly clientId: string }
  /** The code belongs to another client or another request: no grant is touched. */
  | {
      readonly code: 'code_mismatch';
      readonly clientId: string;
      readonly problem: 'client' | 'redirect_uri' | 'code_verifier';
    }
  /** A code that was redeemed before: the grant that came from it ends. */
  | { readonly code: 'code_replayed'; readonly grantId: string }
  /** `problem` names the claim, or the part of the JWT, that is wrong. */
  | {
      readonly code: 'assertion_refused';
      readonly clientId: string;
      readonly proves: AssertionUse;
      readonly problem: AssertionProblem;
    }
  /** The `jti` was used before. */
  | { readonly code: 'assertion_replayed'; readonly clientId: string; readonly proves: AssertionUse }
  | { readonly code: 'user_unknown'; readonly tenant: string }
  /** The account of a person, as opposed to `user_disabled`, which an AccessKey names. */
  | { readonly code: 'account_disabled'; readonly tenant: string }
  | { readonly code: 'password_wrong'; readonly tenant: string }
  /** Too many wrong passwords: nothing was looked at. */
  | { readonly code: 'login_blocked'; readonly tenant: string; readonly retryAtMs: number; readonly isLocked: boolean }
  | { readonly code: 'scope_not_allowed'; readonly clientId: string }
  /** The resource is not known, disabled, or not the grant's (RFC 8707, section 2). */
  | { readonly code: 'target_not_allowed'; readonly clientId: string }
  /** Nobody is logged in, and the client asked that nobody be bothered. */
  | { readonly code: 'login_required'; readonly clientId: string }
  | { readonly code: 'consent_required'; readonly clientId: string }
  /** The user said no. */
  | { readonly code: 'consent_denied'; readonly clientId: string }
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

/** What an assertion was sent for: to prove who the client is, or to ask for a user's session (RFC 7523, sections 2.2 and 2.1). */
export type AssertionUse = 'client' | 'grant';

export type AssertionProblem =
  | 'form'
  | 'alg'
  | 'key'
  | 'signature'
  | 'iss'
  | 'sub'
  | 'sub_type'
  | 'aud'
  | 'jti'
  | 'exp'
  | 'iat'
  | 'nbf'
  | 'auto_create'
  /** `exp` lies further ahead than an assertion may live. */
  | 'lifetime';

export type ReasonCode = Reason['code'];

/** A decision: either a value, or the reason why there is none. */
export type Decision<Value> = { readonly ok: true; readonly value: Value } | Refusal;

export interface Refusal {
  readonly ok: false;
  readonly reason: Reason;
  /** It is in the audit log already, kept with what was decided. */
  readonly isRecorded?: true;
}

export const accept = <Value>(value: Value): Decision<Value> => ({ ok: true, value });
export const refuse = (reason: Reason): Refusal => ({ ok: false, reason });
export const refuseRecorded = (reason: Reason): Refusal => ({ ok: false, reason, isRecorded: true });
