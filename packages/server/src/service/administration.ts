/** What every change of the directory needs, and how it is audited. */

import type { AuditEvent, AuditType } from '../core/audit.ts';
import type { ClientType } from '../core/client-type.ts';
import type { RegionServices } from '../core/region.ts';
import type { RequestContext } from './context.ts';
import type { Credentials } from './credentials.ts';
import type { People } from './people.ts';
import type {
  ClientKeys,
  DirectoryStore,
  GrantStore,
  LoginStore,
  Passwords,
  Random,
  RegionStore,
  Sealing,
} from './ports.ts';
import type { Resources } from './resources.ts';

export interface Administration {
  readonly store: DirectoryStore & LoginStore & RegionStore & Pick<GrantStore, 'listGrants' | 'revokeGrant'>;
  readonly sealing: Sealing;
  readonly random: Random;
  readonly passwords: Pick<Passwords, 'hash'>;
  readonly clientKeys: ClientKeys;
  /** Every kind of application that is served. */
  readonly clientTypes: readonly ClientType[];
  /** What may be said of a region's services; `undefined` where no dialect with regions is served. */
  readonly regionServices: RegionServices | undefined;
  readonly credentials: Pick<Credentials, 'forget'>;
  readonly people: Pick<People, 'forget'>;
  readonly resources: Pick<Resources, 'forget'>;
}

/** What an operator named is not there. */
export class NotFound extends Error {
  override readonly name = 'NotFound';

  constructor(what: string, id: string) {
    super(`there is no ${what} ${id}`);
  }
}

/** What an operator asked for cannot be: the message says what is allowed. */
export class NotAllowed extends Error {
  override readonly name = 'NotAllowed';
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
    administration.resources.forget();
  }
}

export async function requireTenant(administration: Administration, id: string): Promise<void> {
  if (!(await administration.store.findTenant(id))) throw new NotFound('tenant', id);
}
