/** `/admin/v1/accesskeys` */

import { z } from 'zod';
import type { AccessKey } from '../../core/directory.ts';
import {
  createAccessKey,
  findAccessKey,
  listAccessKeys,
  maxTemporarySeconds,
  setAccessKeyStatus,
} from '../../service/administer-access-keys.ts';
import type { Administration } from '../../service/administration.ts';
import { identifier, instant, iso, isoOrNull, pageOf, pageQuery, pageShape, pageView, status } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const members = {
  id: z.string(),
  tenant: z.string(),
  userId: z.string(),
  status,
  temporary: z.boolean(),
  expiresAt: instant.nullable(),
  createdAt: instant,
};

const shape = z.object(members).meta({ id: 'AccessKey' });

const createdShape = z
  .object({ ...members, secret: z.string(), securityToken: z.string().nullable() })
  .meta({ id: 'CreatedAccessKey', description: 'The secret and the security token are shown this once' });

const view = ({ id, tenant, userId, status, securityTokenHash, expiresAtMs, createdAtMs }: AccessKey) => ({
  id,
  tenant,
  userId,
  status,
  temporary: securityTokenHash !== undefined,
  expiresAt: isoOrNull(expiresAtMs),
  createdAt: iso(createdAtMs),
});

const one = z.strictObject({ id: identifier });

/** No `secret`: a secret that somebody chose is a secret that somebody knows. */
const newAccessKey = z.strictObject({
  tenant: identifier,
  userId: identifier,
  id: identifier.optional(),
  temporarySeconds: z
    .int()
    .min(1)
    .max(maxTemporarySeconds)
    .optional()
    .meta({ description: 'Makes temporary credentials, with a security token, that end after as many seconds' }),
});

export const accessKeyRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/accesskeys',
    operationId: 'listAccessKeys',
    summary: 'Lists access keys, without their secrets',
    query: z.strictObject({ tenant: identifier.optional(), userId: identifier.optional(), ...pageQuery }),
    answer: pageShape(shape),
    run: async ({ query }) => {
      const { tenant, userId } = query;
      return pageView(await listAccessKeys(administration, { tenant, userId }, pageOf(query)), view);
    },
  }),
  route({
    method: 'POST',
    path: '/accesskeys',
    operationId: 'createAccessKey',
    summary: 'Creates an access key of a user; its secret is shown this once',
    body: newAccessKey,
    answer: createdShape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body }, context) => {
      const { tenant, userId, id, temporarySeconds } = body;
      const temporary = temporarySeconds === undefined ? undefined : { lifetimeSeconds: temporarySeconds };
      const created = await createAccessKey(administration, { tenant, userId, id, temporary }, context);
      return { ...view(created.accessKey), secret: created.secret, securityToken: created.securityToken ?? null };
    },
  }),
  route({
    method: 'GET',
    path: '/accesskeys/:id',
    operationId: 'getAccessKey',
    summary: 'Shows an access key, without its secret',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => view(await findAccessKey(administration, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/accesskeys/:id',
    operationId: 'setAccessKeyStatus',
    summary: 'Enables or disables an access key: a disabled one is refused from the next request on',
    params: one,
    body: z.strictObject({ status }),
    answer: shape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      view(await setAccessKeyStatus(administration, params.id, body.status, context)),
  }),
];
