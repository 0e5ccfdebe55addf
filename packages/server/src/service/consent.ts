/** Use cases: a user allows a third-party application what it asks, says no, or takes it back. */

import type { AuditEvent } from '../core/audit.ts';
import { allowed, type ConsentAsk } from '../core/consent.ts';
import type { User } from '../core/directory.ts';
import type { RequestContext } from './context.ts';
import type { GrantStore, LoginStore } from './ports.ts';

export interface ConsentParts {
  readonly store: Pick<LoginStore, 'findConsent' | 'saveConsent'>;
}

/** Whose consent to what: the client by its id, and the words of the dialect for the audit log. */
export interface ConsentFor {
  readonly user: Pick<User, 'tenant' | 'id'>;
  readonly clientId: string;
  readonly dialect: string | undefined;
}

/** Remembers it beside what was allowed before. */
export async function grantConsent(
  { store }: ConsentParts,
  { user, clientId, dialect }: ConsentFor,
  ask: ConsentAsk,
  { nowMs, requestId, remote }: RequestContext,
): Promise<void> {
  const { tenant, id: subject } = user;
  const scope = allowed(await store.findConsent(tenant, subject, clientId), ask);
  await store.saveConsent(
    { tenant, subject, clientId, scope, grantedAtMs: nowMs },
    {
      atMs: nowMs,
      type: 'consent.granted',
      requestId,
      remote,
      dialect,
      tenant,
      actor: subject,
      subject,
      detail: `${clientId}: ${scope}`,
    },
  );
}

export interface WithdrawParts {
  readonly store: Pick<LoginStore, 'deleteConsent'> & Pick<GrantStore, 'listGrants' | 'revokeGrant'>;
}

/** Rows that one look at the list takes. */
const pageRows = 500;

/**
 * Takes the consent back and ends every session that the application has of this user.
 *
 * @returns false where there was no consent; sessions end all the same.
 */
export async function withdrawConsent(
  { store }: WithdrawParts,
  { user, clientId }: Pick<ConsentFor, 'user' | 'clientId'>,
  actor: string,
  { nowMs, requestId, remote }: RequestContext,
): Promise<boolean> {
  const { tenant, id: subject } = user;
  const event = (type: AuditEvent['type'], more: Partial<AuditEvent>): AuditEvent => ({
    atMs: nowMs,
    type,
    requestId,
    remote,
    tenant,
    actor,
    subject,
    ...more,
  });
  // First, so that no session begins that the list below has passed already.
  const wasThere = await store.deleteConsent(
    tenant,
    subject,
    clientId,
    event('consent.withdrawn', { detail: clientId }),
  );
  let after: string | undefined;
  do {
    const { rows, next } = await store.listGrants({ tenant, subject, clientId }, { limit: pageRows, after });
    const alive = rows.filter(({ revokedAtMs }) => revokedAtMs === undefined);
    await Promise.all(
      alive.map(({ id, dialect }) =>
        store.revokeGrant(id, nowMs, event('grant.revoked', { dialect, grantId: id, detail: 'consent withdrawn' })),
      ),
    );
    after = next;
  } while (after !== undefined);
  return wasThere;
}
