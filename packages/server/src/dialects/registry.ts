/** The dialects that a server speaks, found by name, by path, or by what a request looks like. */

import type { ClientType } from '../core/client-type.ts';
import type { RegionServices } from '../core/region.ts';
import type { TokenFormat } from '../core/token.ts';
import type { Dialect, WireRequest } from './dialect.ts';

export interface Registry {
  readonly dialects: readonly Dialect[];
  /** Every format of every dialect: what introspection and revocation understand. */
  readonly formats: readonly TokenFormat[];
  readonly clientTypes: readonly ClientType[];
  /** Of the dialect whose tokens are for regions; `undefined` where none is served. */
  readonly regionServices: RegionServices | undefined;
  /** The dialect that a request without a route was meant for. */
  recognise(path: string, headers: WireRequest['headers']): Dialect | undefined;
}

export function createRegistry(dialects: readonly Dialect[]): Registry {
  return {
    dialects,
    formats: dialects.flatMap((dialect) => dialect.formats),
    clientTypes: dialects.flatMap((dialect) => dialect.clientTypes),
    regionServices: dialects.find((dialect) => dialect.regionServices !== undefined)?.regionServices,
    recognise: (path, headers) =>
      dialects.find((dialect) => dialect.routes.some((route) => route.path === path)) ??
      dialects.find((dialect) => dialect.recognises(headers, path)),
  };
}
