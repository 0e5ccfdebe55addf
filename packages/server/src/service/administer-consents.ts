/** Use cases: an operator looks at what a user allowed an application, and takes it back. */

import type { Consent } from '../core/directory.ts';
import { type Administration, changeEvent, NotFound } from './administration.ts';
import type { RequestContext } from './context.ts';

export interface ConsentName {
  readonly tenant: string;
  readonly subject: string;
  readonly clientId: string;
}

export async function findConsent(
  administration: Administration,
  { tenant, subject, clientId }: ConsentName,
): Promise<Consent> {
  const consent = await administration.store.findConsent(tenant, subject, clientId);
  if (!consent) throw missing({ tenant, subject, clientId });
  return consent;
}

/** The user is asked again at the next login, and every session that the application has of this user ends. */
export async function withdrawConsent(
  administration: Administration,
  { tenant, subject, clientId }: ConsentName,
  context: RequestContext,
): Promise<void> {
  const event = changeEvent('consent.withdrawn', context, { tenant, subject, detail: clientId });
  // First, so that no session begins that the list below has passed already.
  const isWithdrawn = await administration.store.deleteConsent(tenant, subject, clientId, event);
  await endSessions(administration, { tenant, subject, clientId }, context);
  // Also where there was none: whoever calls twice, since the first call broke off, ends what was left.
  if (!isWithdrawn) throw missing({ tenant, subject, clientId });
}

/** Rows that one look at the list takes. */
const pageRows = 500;

async function endSessions({ store }: Administration, name: ConsentName, context: RequestContext): Promise<void> {
  const { tenant, subject, clientId: detail } = name;
  let after: string | undefined;
  do {
    const { rows, next } = await store.listGrants(name, { limit: pageRows, after });
    const living = rows.filter(({ revokedAtMs }) => revokedAtMs === undefined);
    await Promise.all(
      living.map(({ id, dialect }) => {
        const event = changeEvent('grant.revoked', context, { tenant, subject, detail });
        return store.revokeGrant(id, context.nowMs, { ...event, dialect, grantId: id });
      }),
    );
    after = next;
  } while (after !== undefined);
}

const missing = ({ tenant, subject, clientId }: ConsentName): NotFound =>
  new NotFound('consent', `of ${subject} in tenant ${tenant} to ${clientId}`);
