/** Protected resources (RFC 8707), as long as they are in use. */

import type { Resource } from '../core/directory.ts';
import type { Grant } from '../core/grant.ts';
import type { SessionSpeech } from '../core/speech.ts';
import type { TokenFormat } from '../core/token.ts';
import { createCached } from './cached.ts';
import type { DirectoryStore } from './ports.ts';

export interface Resources {
  /** `undefined` where there is none. */
  find(tenant: string, id: string): Promise<Resource | undefined>;
  forget(): void;
}

export function createResources(store: Pick<DirectoryStore, 'findResource'>, maxEntries: number): Resources {
  const cached = createCached(
    maxEntries,
    (key) => {
      const [tenant, id] = JSON.parse(key) as [string, string];
      return store.findResource(tenant, id);
    },
    (resource) => resource !== undefined,
  );
  return {
    find: async (tenant, id) => cached.get(JSON.stringify([tenant, id])),
    forget: () => cached.forget(),
  };
}

/** What the access tokens of a grant look like: its resource says. */
export async function accessFormatOf(
  resources: Pick<Resources, 'find'>,
  { accessFormats, defaultAudience }: Pick<SessionSpeech, 'accessFormats' | 'defaultAudience'>,
  { tenant, audience }: Pick<Grant, 'tenant' | 'audience'>,
): Promise<TokenFormat> {
  if (accessFormats.jwt === accessFormats.opaque || audience === undefined) return accessFormats.jwt;
  if (audience === defaultAudience()) return accessFormats.jwt;
  const resource = await resources.find(tenant, audience);
  return accessFormats[resource?.accessTokens ?? 'jwt'];
}
