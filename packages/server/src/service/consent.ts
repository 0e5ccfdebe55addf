/** Use case: a user allows a third-party application what it asks. */

import { allowed, type ConsentAsk } from '../core/consent.ts';
import type { User } from '../core/directory.ts';
import type { RequestContext } from './context.ts';
import type { LoginStore } from './ports.ts';

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
