/** Use cases: an operator creates, changes, deletes and lists regions. */

import type { Status } from '../core/directory.ts';
import type { Region } from '../core/region.ts';
import { type Administration, changeEvent, NotAllowed, NotFound, withFreshCredentials } from './administration.ts';
import type { RequestContext } from './context.ts';
import type { Page, PageAsk } from './ports.ts';

export interface NewRegion {
  /** A number from 1 on, without leading zeros. */
  readonly id: string;
  readonly name: string;
  /** Default: none. */
  readonly description?: string | undefined;
  /** In the form of the dialect, decoded. Default: nothing is known of its services. */
  readonly services?: unknown;
}

/** Members that are absent stay. */
export interface RegionEdit {
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly status?: Status | undefined;
  /** Takes the place of what was said before. */
  readonly services?: unknown;
}

export async function createRegion(
  administration: Administration,
  { id, name, description = '', services = {} }: NewRegion,
  context: RequestContext,
): Promise<Region> {
  const json = servicesOf(administration, services);
  const region: Region = { id, name, description, status: 'enabled', services: json, createdAtMs: context.nowMs };
  const event = changeEvent('region.created', context, { tenant: undefined, subject: undefined, detail: id });
  await withFreshCredentials(administration, () => administration.store.createRegion(region, event));
  return region;
}

export async function changeRegion(
  administration: Administration,
  id: string,
  { name, description, status, services }: RegionEdit,
  context: RequestContext,
): Promise<Region> {
  const region = await findRegion(administration, id);
  const change = {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(status === undefined ? {} : { status }),
    ...(services === undefined ? {} : { services: servicesOf(administration, services) }),
  };
  const detail = `${id} ${Object.keys(change).join(', ')}${status === undefined ? '' : `: ${status}`}`;
  const event = changeEvent('region.changed', context, { tenant: undefined, subject: undefined, detail });
  const set = () => administration.store.setRegion(id, change, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('region', id);
  return { ...region, ...change };
}

/** Every account in it goes too: tokens of the region are refused from the next request on. */
export async function deleteRegion(administration: Administration, id: string, context: RequestContext): Promise<void> {
  const event = changeEvent('region.deleted', context, { tenant: undefined, subject: undefined, detail: id });
  const remove = () => administration.store.deleteRegion(id, event);
  if (!(await withFreshCredentials(administration, remove))) throw new NotFound('region', id);
}

export async function findRegion({ store }: Pick<Administration, 'store'>, id: string): Promise<Region> {
  const region = await store.findRegion(id);
  if (!region) throw new NotFound('region', id);
  return region;
}

export const listRegions = ({ store }: Pick<Administration, 'store'>, page: PageAsk): Promise<Page<Region>> =>
  store.listRegions(page);

function servicesOf({ regionServices }: Administration, given: unknown): string {
  const read = regionServices?.read(given);
  if (read === undefined) return JSON.stringify({});
  if (!read.ok) throw new NotAllowed(`services: ${read.problem}`);
  return read.json;
}
