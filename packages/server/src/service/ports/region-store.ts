/** Regions, and accounts of users in them. */

import type { AuditEvent } from '../../core/audit.ts';
import type { Membership, Region, RegionAccount } from '../../core/region.ts';
import type { Page, PageAsk } from './page.ts';

export interface RegionStore {
  createRegion(region: Region, event: AuditEvent): Promise<void>;
  findRegion(id: string): Promise<Region | undefined>;
  setRegion(
    id: string,
    change: Partial<Pick<Region, 'name' | 'description' | 'status' | 'services'>>,
    event: AuditEvent,
  ): Promise<boolean>;
  /** Deletes the region with every account in it. */
  deleteRegion(id: string, event: AuditEvent): Promise<boolean>;
  listRegions(page: PageAsk): Promise<Page<Region>>;
  /** Makes the user's account in a region, or puts it in the place of the earlier one. Throws `OwnerMissing`. */
  saveAccount(account: RegionAccount, event: AuditEvent): Promise<void>;
  deleteAccount(tenant: string, userId: string, regionId: string, event: AuditEvent): Promise<boolean>;
  /** Every region that the user has an account in, in the order of their ids; at most 1000. */
  memberships(tenant: string, userId: string): Promise<readonly Membership[]>;
}
