/** `/admin/v1/grants` */

import { z } from 'zod';
import { grantState, type StoredGrant } from '../../core/grant.ts';
import { isGrantId } from '../../core/ids.ts';
import { NotFound } from '../../service/administration.ts';
import { revokeAll, revokeGrant } from '../../service/revoke.ts';
import { anyId, identifier, instant, iso, isoOrNull, pageOf, pageQuery, pageShape, pageView } from './fields.ts';
import type { AdminParts } from './parts.ts';
import { type AdminRoute, route } from './route.ts';

const shape = z
  .object({
    id: z.string(),
    dialect: z.string(),
    tenant: z.string(),
    subject: z.string(),
    accessKeyId: z.string().nullable(),
    clientId: z.string().nullable(),
    state: z.enum(['active', 'expired', 'revoked']),
    issuedAt: instant,
    expiresAt: instant,
    renewBy: instant,
    accessTokenLifetimeSeconds: z.int(),
    revokedAt: instant.nullable(),
    generation: z.int().meta({ description: 'Number of the refresh token that is current; 0 where nothing rotates' }),
    useCount: z.int().meta({ description: 'Renewals; those of the last minute may be missing after a crash' }),
    lastUsedAt: instant.nullable(),
    scope: z.string().nullable(),
    audience: z.string().nullable().meta({ description: 'The resource that its access tokens are for' }),
    rotatedAt: instant.nullable().meta({ description: 'When the current refresh token was made from the one before' }),
    successorSeen: z.boolean().meta({
      description: 'Whether the current refresh token, or an access token that came with it, was seen in use',
    }),
  })
  .meta({ id: 'Grant' });

const watermarkShape = z
  .object({
    level: z.enum(['tenant', 'subject', 'client', 'access_key']),
    tenant: z.string(),
    key: z.string(),
    notBefore: instant,
  })
  .meta({ id: 'Watermark', description: 'Every grant of the key that was issued up to `notBefore` is revoked' });

const one = z.strictObject({ id: z.string().refine(isGrantId, 'allowed: a grant id') });

const target = z.union(
  [
    z.strictObject({ level: z.literal('tenant'), tenant: identifier }).transform((body) => ({ ...body, key: '' })),
    z.strictObject({ level: z.enum(['subject', 'client', 'access_key']), tenant: identifier, key: anyId }),
  ],
  { error: 'allowed: level tenant with a tenant; level subject, client or access_key with a tenant and a key' },
);

export function grantRoutes(parts: Pick<AdminParts, 'store' | 'usage'>): AdminRoute[] {
  const { store } = parts;
  const viewAt = (nowMs: number) => (grant: StoredGrant) => view(grant, parts, nowMs);
  return [
    route({
      method: 'GET',
      path: '/grants',
      operationId: 'listGrants',
      summary: 'Lists grants, oldest first',
      query: z.strictObject({
        tenant: identifier.optional(),
        subject: anyId.optional(),
        accessKeyId: anyId.optional(),
        clientId: anyId.optional(),
        ...pageQuery,
      }),
      answer: pageShape(shape),
      run: async ({ query }, { nowMs }) => {
        const { tenant, subject, accessKeyId, clientId } = query;
        const page = await store.listGrants({ tenant, subject, accessKeyId, clientId }, pageOf(query));
        return pageView(page, viewAt(nowMs));
      },
    }),
    route({
      method: 'GET',
      path: '/grants/:id',
      operationId: 'getGrant',
      summary: 'Shows a grant with its use counts',
      params: one,
      answer: shape,
      errors: ['not_found'],
      run: async ({ params }, { nowMs }) => {
        const grant = await store.findGrant(params.id);
        if (!grant) throw new NotFound('grant', params.id);
        return viewAt(nowMs)(grant);
      },
    }),
    route({
      method: 'POST',
      path: '/grants/:id/revoke',
      operationId: 'revokeGrant',
      summary: 'Ends a grant and everything that was issued from it',
      params: one,
      answer: z.object({ id: z.string(), result: z.enum(['revoked', 'already']) }),
      errors: ['not_found'],
      run: async ({ params: { id } }, context) => {
        const result = await revokeGrant({ store }, id, context);
        if (result === 'unknown') throw new NotFound('grant', id);
        return { id, result };
      },
    }),
    route({
      method: 'POST',
      path: '/grants/revoke',
      operationId: 'revokeGrants',
      summary: 'Ends every grant of a tenant, a subject, a client or an access key that was issued up to now',
      body: target,
      answer: watermarkShape,
      run: async ({ body }, context) => {
        const { level, tenant, key, notBeforeMs } = await revokeAll({ store }, body, context);
        return { level, tenant, key, notBefore: iso(notBeforeMs) };
      },
    }),
  ];
}

function view(grant: StoredGrant, { usage }: Pick<AdminParts, 'usage'>, nowMs: number) {
  const unwritten = usage.unwritten(grant.id);
  const byWatermark = grant.issuedAtMs <= grant.notBeforeMs ? grant.notBeforeMs : undefined;
  return {
    id: grant.id,
    dialect: grant.dialect,
    tenant: grant.tenant,
    subject: grant.subject,
    accessKeyId: grant.accessKeyId ?? null,
    clientId: grant.clientId ?? null,
    state: grantState(grant, nowMs),
    issuedAt: iso(grant.issuedAtMs),
    expiresAt: iso(grant.expiresAtMs),
    renewBy: iso(grant.renewByMs),
    accessTokenLifetimeSeconds: grant.accessTokenLifetimeSeconds,
    revokedAt: isoOrNull(grant.revokedAtMs ?? byWatermark),
    generation: grant.generation,
    useCount: grant.useCount + unwritten.count,
    lastUsedAt: isoOrNull(unwritten.lastUsedAtMs ?? grant.lastUsedAtMs),
    scope: grant.scope ?? null,
    audience: grant.audience ?? null,
    rotatedAt: isoOrNull(grant.rotatedAtMs),
    successorSeen: grant.successorSeen,
  };
}
