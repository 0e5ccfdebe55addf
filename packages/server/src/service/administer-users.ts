/** Use cases: an operator creates, changes, deletes and lists users, and says what each of them may do. */

import { noProfile, type Status, type User, type UserChange, type UserProfile } from '../core/directory.ts';
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
  /** What the user types at the login page. Default: none, so the user's id. */
  readonly loginName?: string | undefined;
  /** Kept as an Argon2id hash. Default: none, so the user cannot log in. */
  readonly password?: string | undefined;
  /** Default: `user`. */
  readonly role?: string | undefined;
  readonly profile?: Partial<UserProfile> | undefined;
}

/** Members that are absent stay. */
export interface UserEdit {
  readonly name?: string | undefined;
  readonly status?: Status | undefined;
  readonly policy?: PermissionPolicy | undefined;
  readonly loginName?: string | undefined;
  readonly password?: string | undefined;
  readonly role?: string | undefined;
  readonly profile?: Partial<UserProfile> | undefined;
}

export async function createUser(
  administration: Administration,
  asked: NewUser,
  context: RequestContext,
): Promise<User> {
  const { tenant, name, policy, loginName, password, role = 'user' } = asked;
  await requireTenant(administration, tenant);
  const user: User = {
    tenant,
    id: asked.id ?? `2${randomText(administration.random, alphabets.digits, 17)}`,
    name,
    status: 'enabled',
    policy,
    createdAtMs: context.nowMs,
    loginName,
    passwordHash: password === undefined ? undefined : await administration.passwords.hash(password),
    role,
    profile: { ...noProfile, ...asked.profile },
    firstLoginAtMs: undefined,
  };
  const { id: subject } = user;
  const event = changeEvent('user.created', context, { tenant, subject, detail: describe({ policy }) });
  await withFreshCredentials(administration, () => administration.store.createUser(user, event));
  return user;
}

export async function changeUser(
  administration: Administration,
  tenant: string,
  id: string,
  edit: UserEdit,
  context: RequestContext,
): Promise<User> {
  const user = await findUser(administration, tenant, id);
  const { password, profile, ...rest } = edit;
  const change: UserChange = {
    ...rest,
    ...(profile === undefined ? {} : { profile: { ...user.profile, ...profile } }),
    ...(password === undefined ? {} : { passwordHash: await administration.passwords.hash(password) }),
  };
  const event = changeEvent('user.changed', context, { tenant, subject: id, detail: describe(edit) });
  const set = () => administration.store.setUser(tenant, id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw userNotFound(tenant, id);
  return findUser(administration, tenant, id);
}

/** Every grant and access key of the user ends with it. */
export async function deleteUser(
  administration: Administration,
  tenant: string,
  id: string,
  context: RequestContext,
): Promise<void> {
  const event = changeEvent('user.deleted', context, { tenant, subject: id, detail: undefined });
  const remove = () => administration.store.deleteUser(tenant, id, context.nowMs, event);
  if (!(await withFreshCredentials(administration, remove))) throw userNotFound(tenant, id);
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

/** The whole policy is kept: nothing else remembers what a user was allowed at an earlier time. A password is only named. */
function describe({ status, policy, role, ...others }: UserEdit): string {
  const policyText = policy === undefined ? undefined : `policy ${JSON.stringify(policyDocument(policy))}`;
  const roleText = role === undefined ? undefined : `role ${role}`;
  const named = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  return [status, policyText, roleText, ...named].filter((part) => part !== undefined).join(', ');
}
