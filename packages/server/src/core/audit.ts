/** What the audit log keeps of every issue, renewal, refusal and change. It never holds a secret, a token or a ticket. */

export type AuditType =
  | 'grant.issued'
  | 'grant.renewed'
  /** A refresh token gave its successor; `grant.retried` where it was given once more. */
  | 'grant.rotated'
  | 'grant.retried'
  /** A used refresh token came back, and the grant ended for it. */
  | 'grant.replayed'
  | 'grant.refused'
  | 'grant.revoked'
  | 'grants.revoked'
  | 'token.revoked'
  | 'request.refused'
  | 'access_key.created'
  | 'access_key.changed'
  | 'user.created'
  | 'user.changed'
  | 'client.created'
  | 'client.changed'
  | 'client.deleted'
  | 'user.deleted'
  | 'region.created'
  | 'region.changed'
  | 'region.deleted'
  | 'account.changed'
  | 'account.deleted'
  | 'resource.created'
  | 'resource.changed'
  | 'resource.deleted'
  /** Somebody logged in at the login page; `login.refused` where the password or the account was not good. */
  | 'login.succeeded'
  | 'login.refused'
  | 'consent.granted'
  | 'consent.withdrawn'
  /** A one-time code was made; `code.replayed` where a used one came back, and its grant ended. */
  | 'code.issued'
  | 'code.replayed'
  | 'tenant.created'
  | 'tenant.changed'
  | 'keys.created'
  | 'keys.rotated'
  | 'server.started'
  | 'server.stopped'
  | 'data.restored';

export interface AuditEvent {
  readonly atMs: number;
  readonly type: AuditType;
  readonly requestId: string;
  /** Network address of the caller. */
  readonly remote?: string | undefined;
  readonly dialect?: string | undefined;
  readonly operation?: string | undefined;
  readonly tenant?: string | undefined;
  /** Who acted: an access key id, a client id, `admin`. */
  readonly actor?: string | undefined;
  readonly subject?: string | undefined;
  readonly grantId?: string | undefined;
  /** Code of the reason, for refusals. */
  readonly reason?: string | undefined;
  /** A few words more; for changes, what changed. */
  readonly detail?: string | undefined;
}

/** One line of the log: compact JSON in a fixed key order, so that its hash can be computed again. */
export function auditLine(event: AuditEvent): string {
  const { atMs, type, requestId, remote, dialect, operation, tenant, actor, subject, grantId, reason, detail } = event;
  return JSON.stringify({
    at: atMs,
    type,
    requestId,
    remote,
    dialect,
    operation,
    tenant,
    actor,
    subject,
    grantId,
    reason,
    detail,
  });
}

/**
 * A block of lines as it is chained: `hash = SHA-256(previous hash "\n" chain "\n" number "\n" lines)`, in hexadecimal.
 * Events that share one commit share one block (docs/decisions/0004).
 */
export const auditBlockText = (previousHash: string, chain: string, number: number, lines: string): string =>
  `${previousHash}\n${chain}\n${number}\n${lines}`;

/** What the first block of a chain is linked to. */
export const auditGenesis = '0'.repeat(64);
