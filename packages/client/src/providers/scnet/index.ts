/**
 * `@hufu/client/providers/scnet`: tokens of SCNet / AccCloud. `scnet()` for the token source of a region or of the platform,
 * `scnetClient()` for the vendor's calls by their own names.
 */

export type { Account, RegionRow, RegionServices } from '@hufu/wire/scnet';
export { type ScnetClient, type ScnetClientOptions, scnetClient } from './client.ts';
export { isScnetError, type ScnetErrorCode } from './errors.ts';
export { type ScnetOptions, scnet, scnetGrant, scnetUrls } from './provider.ts';
export type { ScnetConnection } from './settings.ts';
