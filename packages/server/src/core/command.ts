/** What a caller asks for, after a dialect has read it from the wire. */

import type { IssueAsk } from './issue.ts';
import type { SignatureProof } from './proof.ts';
import type { RenewAsk } from './renewal.ts';

/** What the caller's user must be allowed to do. The resource may name the caller's own account. */
export interface NeededPermission {
  readonly action: string;
  readonly resource: (tenant: string) => string;
}

export interface IssueCommand {
  readonly do: 'issue';
  /** The vendor's name of the operation, for audit and metrics. */
  readonly operation: string;
  readonly proof: SignatureProof;
  readonly permission: NeededPermission;
  readonly ask: IssueAsk;
}

export interface RenewCommand {
  readonly do: 'renew';
  readonly operation: string;
  readonly proof: SignatureProof;
  readonly permission: NeededPermission;
  /** The token that renews, as it was presented. */
  readonly credential: string;
  readonly ask: RenewAsk;
}

export type Command = IssueCommand | RenewCommand;
