/** A region, and a user's account in one, in the words of the admin API. */

import { z } from 'zod';
import { accountStatuses, type Membership, type Region, type RegionAccount } from '../../core/region.ts';
import { displayName, instant, iso, status, visibleText } from './fields.ts';

/** 15 digits are still a number on the wire. */
export const regionId = z
  .string()
  .regex(/^[1-9]\d{0,14}$/, 'allowed: a number of 1 to 15 digits, not beginning with 0')
  .meta({ description: 'A number, such as 11112; 0 is the platform’s own and is always there' });

const services = z.record(z.string(), z.unknown()).meta({
  description:
    'Where its services are: lists hpcUrls, efileUrls, aiUrls, eshellUrls and ingressUrls of objects with a url, and beside it what docs/dialects/scnet.md names',
});

export const regionShape = z
  .object({ id: z.string(), name: z.string(), description: z.string(), status, services, createdAt: instant })
  .meta({ id: 'Region', description: 'A region where work runs' });

const orEmpty = (maximum: number) =>
  z.union([visibleText(maximum), z.literal('')], `allowed: 0 to ${maximum} visible characters`);

const changeable = { name: displayName, description: orEmpty(512), services };

export const newRegion = z.strictObject({
  id: regionId,
  ...z.object(changeable).partial().required({ name: true }).shape,
});

export const regionChange = z
  .strictObject({ ...changeable, status })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'allowed: at least one member');

export const regionView = ({ id, name, description, status, services, createdAtMs }: Region) => ({
  id,
  name,
  description,
  status,
  // Kept as the JSON text of an object (`RegionServices`).
  services: JSON.parse(services) as Record<string, unknown>,
  createdAt: iso(createdAtMs),
});

const accountStatus = z
  .enum(accountStatuses)
  .meta({ description: 'Disable gets no token until it is topped up; tokens say the others' });

const accountMembers = {
  tenant: z.string(),
  userId: z.string(),
  regionId: z.string(),
  account: z.string().meta({ description: 'Name on the region’s cluster' }),
  homePath: z.string(),
  status: accountStatus,
};

export const accountShape = z
  .object(accountMembers)
  .meta({ id: 'RegionAccount', description: 'The account of a user in a region' });

export const membershipShape = z
  .object({ ...accountMembers, regionName: z.string(), regionStatus: status })
  .meta({ id: 'RegionMembership', description: 'The account of a user in a region, with the region' });

export const accountChange = z
  .strictObject({ account: visibleText(128), homePath: orEmpty(1024), status: accountStatus })
  .partial();

export const accountView = ({ tenant, userId, regionId, account, homePath, status }: RegionAccount) => ({
  tenant,
  userId,
  regionId,
  account,
  homePath,
  status,
});

export const membershipView = ({ region, account }: Membership) => ({
  ...accountView(account),
  regionName: region.name,
  regionStatus: region.status,
});
