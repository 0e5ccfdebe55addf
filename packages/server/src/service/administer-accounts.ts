/** Use cases: an operator says which regions a user may use, as whom, and whether the account there is in order. */

import type { AccountStatus, Membership, RegionAccount } from '../core/region.ts';
import { findRegion } from './administer-regions.ts';
import { findUser } from './administer-users.ts';
import { type Administration, changeEvent, NotFound, withFreshCredentials } from './administration.ts';
import type { RequestContext } from './context.ts';

/** Whose account, in which region. */
export interface AccountOf {
  readonly tenant: string;
  readonly userId: string;
  readonly regionId: string;
}

/** Members that are absent stay as they are. */
export interface AccountEdit {
  /** The user's name on the region's cluster. Default: the login name, or the id. */
  readonly account?: string | undefined;
  /** Default: none. */
  readonly homePath?: string | undefined;
  /** Default: `Normal`. */
  readonly status?: AccountStatus | undefined;
}

/** Makes the account, or changes it: tokens of the region follow from the next request on. */
export async function saveAccount(
  administration: Administration,
  of: AccountOf,
  edit: AccountEdit,
  context: RequestContext,
): Promise<RegionAccount> {
  const { tenant, userId, regionId } = of;
  const user = await findUser(administration, tenant, userId);
  await findRegion(administration, regionId);
  const present = (await membershipsOf(administration, tenant, userId)).find(({ region }) => region.id === regionId);
  const { account, homePath, status } = present?.account ?? {
    account: user.loginName ?? user.id,
    homePath: '',
    status: 'Normal',
  };
  const saved: RegionAccount = {
    tenant,
    userId,
    regionId,
    account: edit.account ?? account,
    homePath: edit.homePath ?? homePath,
    status: edit.status ?? status,
  };
  const detail = `${regionId} ${saved.account}: ${saved.status}`;
  const event = changeEvent('account.changed', context, { tenant, subject: userId, detail });
  await withFreshCredentials(administration, () => administration.store.saveAccount(saved, event));
  return saved;
}

export async function withdrawAccount(
  administration: Administration,
  { tenant, userId, regionId }: AccountOf,
  context: RequestContext,
): Promise<void> {
  const event = changeEvent('account.deleted', context, { tenant, subject: userId, detail: regionId });
  const remove = () => administration.store.deleteAccount(tenant, userId, regionId, event);
  if (await withFreshCredentials(administration, remove)) return;
  throw new NotFound('account', `of user ${userId} of tenant ${tenant} in region ${regionId}`);
}

/** Every region that the user has an account in. */
export async function membershipsOf(
  administration: Administration,
  tenant: string,
  userId: string,
): Promise<readonly Membership[]> {
  await findUser(administration, tenant, userId);
  return administration.store.memberships(tenant, userId);
}
