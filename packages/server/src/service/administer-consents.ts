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

/** The user is asked again at the next login. What the application was given stays until its grants end or are revoked. */
export async function withdrawConsent(
  administration: Administration,
  { tenant, subject, clientId }: ConsentName,
  context: RequestContext,
): Promise<void> {
  const event = changeEvent('consent.withdrawn', context, { tenant, subject, detail: clientId });
  const isWithdrawn = await administration.store.deleteConsent(tenant, subject, clientId, event);
  if (!isWithdrawn) throw missing({ tenant, subject, clientId });
}

const missing = ({ tenant, subject, clientId }: ConsentName): NotFound =>
  new NotFound('consent', `of ${subject} in tenant ${tenant} to ${clientId}`);
