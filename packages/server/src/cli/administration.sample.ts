/** An administration on a real store, with a tenant and a user, for tests of the use cases of operators. */

import type { TestContext } from 'node:test';
import { oauthClientTypes } from '../dialects/oauth/client-types.ts';
import { pdsClientTypes } from '../dialects/pds/client-types.ts';
import { createTenant } from '../service/administer-tenants.ts';
import { createUser } from '../service/administer-users.ts';
import type { Administration } from '../service/administration.ts';
import { type Json, sampleServer } from './server.sample.ts';

export const context = { requestId: 'request', nowMs: Date.UTC(2026, 10, 22), remote: '192.0.2.1' };
export const policy = [{ effect: 'Allow', actions: ['log:*'], resources: ['*'] }] as const;

/** Counts how often what is cached is forgotten. */
export async function sampleAdministration(t: TestContext) {
  const { server } = await sampleServer(t);
  const { store, sealing, random, passwords, clientKeys, assertions } = server.parts;
  const forgotten = { credentials: 0, people: 0, resources: 0 };
  const parts: Administration = {
    store,
    sealing,
    random,
    passwords,
    clientKeys,
    clientTypes: [...oauthClientTypes, ...pdsClientTypes],
    regionServices: undefined,
    credentials: { forget: () => void forgotten.credentials++ },
    people: { forget: () => void forgotten.people++ },
    resources: { forget: () => void forgotten.resources++ },
  };
  await createTenant(parts, { id: '100', name: 'one' }, context);
  await createUser(parts, { tenant: '100', id: 'alice', name: 'Alice', policy }, context);
  const newest = async (): Promise<Json> =>
    JSON.parse((await store.readAudit({}, { limit: 1, after: undefined })).rows[0] ?? '');
  return { parts, store, sealing, passwords: server.parts.passwords, assertions, forgotten, newest };
}
