/** Whether a user has to be asked before an application gets a code, and what becomes of their yes. */

import type { Prompt } from '../core/authorization-request.ts';
import type { Client } from '../core/client.ts';
import { allowed, type ConsentAnswer, type ConsentAsk, isAllowed, isUnproven } from '../core/consent.ts';
import type { User } from '../core/directory.ts';
import type { RequestContext } from './context.ts';
import type { LoginStore } from './ports.ts';

export interface ConsentParts {
  readonly store: Pick<LoginStore, 'findConsent' | 'saveConsent'>;
}

/** Who is asked by whom for what, and what they have done for this very request. */
export interface ConsentCase {
  readonly dialect: string;
  readonly client: Client;
  readonly redirectUri: string;
  readonly user: User;
  readonly ask: ConsentAsk;
  readonly prompts: readonly Prompt[];
  /** They have just logged in, at a page that names the application. */
  readonly isFresh: boolean;
  readonly said: Exclude<ConsentAnswer, 'denied'> | undefined;
}

/** False where the user has to be asked. A yes to a third party is remembered. */
export async function hasConsent(parts: ConsentParts, given: ConsentCase, context: RequestContext): Promise<boolean> {
  const { client, redirectUri, ask, said, isFresh } = given;
  if (said !== undefined) {
    // An operator may have changed since what the client may ask: what was allowed is what was shown.
    if (!isAllowed({ scope: said.allowed }, ask)) return false;
    if (client.isThirdParty) await remember(parts, given, context);
    return true;
  }
  if (isUnproven(client, redirectUri) && !isFresh) return false;
  return !client.isThirdParty || (await isRemembered(parts, given));
}

async function isRemembered({ store }: ConsentParts, { user, client, ask, prompts }: ConsentCase): Promise<boolean> {
  if (prompts.includes('consent')) return false;
  return isAllowed(await store.findConsent(user.tenant, user.id, client.id), ask);
}

/** Beside what was allowed before. */
async function remember(
  { store }: ConsentParts,
  { dialect, user, client, ask }: ConsentCase,
  { nowMs, requestId, remote }: RequestContext,
): Promise<void> {
  const { tenant, id: subject } = user;
  const clientId = client.id;
  const scope = allowed(await store.findConsent(tenant, subject, clientId), ask);
  const event = { requestId, remote, dialect, tenant, actor: subject, subject, detail: `${clientId}: ${scope}` };
  const consent = { tenant, subject, clientId, scope, grantedAtMs: nowMs };
  await store.saveConsent(consent, { atMs: nowMs, type: 'consent.granted', ...event });
}
