/** What every change of the directory needs, and how it is audited. */

import type { AuditEvent, AuditType } from '../core/audit.ts';
import type { RequestContext } from './context.ts';
import type { Credentials } from './credentials.ts';
import type { People } from './people.ts';
import type { DirectoryStore, Random, Sealing } from './ports.ts';

export interface Administration {
  readonly store: DirectoryStore;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly credentials: Pick<Credentials, 'forget'>;
  readonly people: Pick<People, 'forget'>;
}

/** What an operator named is not there. */
export class NotFound extends Error {
  override readonly name = 'NotFound';

  constructor(what: string, id: string) {
    super(`there is no ${what} ${id}`);
  }
}

/** Who acts when an operator does. */
export const operator = 'admin';

export const changeEvent = (
  type: AuditType,
  context: RequestContext,
  rest: Pick<AuditEvent, 'tenant' | 'subject' | 'detail'>,
): AuditEvent => ({
  atMs: context.nowMs,
  type,
  requestId: context.requestId,
  remote: context.remote,
  actor: operator,
  ...rest,
});

/**
 * Makes a change that cached access keys must not outlive. They are forgotten even where the change fails:
 * a store that did not answer may have made it.
 */
export async function withFreshCredentials<Value>(
  administration: Administration,
  change: () => Promise<Value>,
): Promise<Value> {
  try {
    return await change();
  } finally {
    administration.credentials.forget();
    administration.people.forget();
  }
}

export async function requireTenant(administration: Administration, id: string): Promise<void> {
  if (!(await administration.store.findTenant(id))) throw new NotFound('tenant', id);
}
