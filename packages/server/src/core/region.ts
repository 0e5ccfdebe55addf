/** Regions where work runs, and a user's account in each: a login gives one token for every region that the user may use. */

import type { Status } from './directory.ts';

export interface Region {
  /** A number without a sign or leading zeros; `0` is the platform's own, which no operator makes. */
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly status: Status;
  /** Where its services are, in the dialect's own JSON: what its `RegionServices` wrote. */
  readonly services: string;
  readonly createdAtMs: number;
}

/** Reads what an operator says of a region's services. */
export interface RegionServices {
  /** Gives the JSON that is kept, with every default filled in; or says what is wrong with which member. */
  read(given: unknown): { readonly ok: true; readonly json: string } | { readonly ok: false; readonly problem: string };
}

/** As the vendors call them; `Disable` may not use the region until it is topped up. */
export const accountStatuses = ['Normal', 'Trial', 'Owe', 'Disable'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

export interface RegionAccount {
  readonly tenant: string;
  readonly userId: string;
  readonly regionId: string;
  /** The user's name on the region's cluster. */
  readonly account: string;
  readonly homePath: string;
  readonly status: AccountStatus;
}

/** A region with the user's account in it. */
export interface Membership {
  readonly region: Region;
  readonly account: RegionAccount;
}

export const mayUse = ({ region, account }: Membership): boolean =>
  region.status === 'enabled' && account.status !== 'Disable';
