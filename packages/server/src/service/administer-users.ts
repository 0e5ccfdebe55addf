/** Use cases: an operator creates, enables, disables and lists users, and says what each of them may do. */

import type { Status, User } from '../core/directory.ts';
import type { PermissionPolicy } from '../core/permission.ts';
import { type Administration, changeEvent, NotFound, requireTenant, withFreshCredentials } from './administration.ts';
import type { RequestContext } from './context.ts';
import { policyDocument } from './permission-document.ts';
import type { Page, PageAsk } from './ports.ts';
import { alphabets, randomText } from './random-text.ts';

export interface NewUser {
  readonly tenant: string;
  /** Default: 18 digits, as a RAM user has them. */
  readonly id?: string | undefined;
  readonly name: string;
  readonly policy: PermissionPolicy;
}

export interface UserChange {
  readonly status?: Status | undefined;
  readonly policy?: PermissionPolicy | undefined;
}

export async function createUser(
  administration: Administration,
  asked: NewUser,
  context: RequestContext,
): Promise<User> {
  const { tenant, name, policy } = asked;
  await requireTenant(administration, tenant);
  const id = asked.id ?? `2${randomText(administration.random, alphabets.digits, 17)}`;
  const user: User = { tenant, id, name, status: 'enabled', policy, createdAtMs: context.nowMs };
  const event = changeEvent('user.created', context, { tenant, subject: id, detail: describe({ policy }) });
  await withFreshCredentials(administration, () => administration.store.createUser(user, event));
  return user;
}

export async function changeUser(
  administration: Administration,
  tenant: string,
  id: string,
  change: UserChange,
  context: RequestContext,
): Promise<User> {
  const user = await findUser(administration, tenant, id);
  const event = changeEvent('user.changed', context, { tenant, subject: id, detail: describe(change) });
  const set = () => administration.store.setUser(tenant, id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw userNotFound(tenant, id);
  return { ...user, status: change.status ?? user.status, policy: change.policy ?? user.policy };
}

export async function findUser(administration: Administration, tenant: string, id: string): Promise<User> {
  const user = await administration.store.findUser(tenant, id);
  if (!user) throw userNotFound(tenant, id);
  return user;
}

const userNotFound = (tenant: string, id: string): NotFound => new NotFound('user', `${id} in tenant ${tenant}`);

export const listUsers = (
  administration: Administration,
  filter: { readonly tenant?: string | undefined },
  page: PageAsk,
): Promise<Page<User>> => administration.store.listUsers(filter, page);

/** The whole policy is kept: nothing else remembers what a user was allowed at an earlier time. */
function describe({ status, policy }: UserChange): string {
  const policyText = policy === undefined ? undefined : `policy ${JSON.stringify(policyDocument(policy))}`;
  return [status, policyText].filter((part) => part !== undefined).join(', ');
}
