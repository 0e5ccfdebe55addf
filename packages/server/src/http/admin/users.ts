/** `/admin/v1/users` */

import { z } from 'zod';
import type { User } from '../../core/directory.ts';
import { changeUser, createUser, findUser, listUsers } from '../../service/administer-users.ts';
import type { Administration } from '../../service/administration.ts';
import { permissionDocument, permissionDocumentShape, policyDocument } from '../../service/permission-document.ts';
import { displayName, identifier, instant, iso, pageOf, pageQuery, pageShape, pageView, status } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const shape = z
  .object({
    tenant: z.string(),
    id: z.string(),
    name: z.string(),
    status,
    policy: permissionDocumentShape,
    createdAt: instant,
  })
  .meta({ id: 'User' });

const view = ({ tenant, id, name, status, policy, createdAtMs }: User) => ({
  tenant,
  id,
  name,
  status,
  policy: policyDocument(policy),
  createdAt: iso(createdAtMs),
});

const one = z.strictObject({ tenant: identifier, id: identifier });

const change = z
  .strictObject({ status: status.optional(), policy: permissionDocument.optional() })
  .refine((body) => body.status !== undefined || body.policy !== undefined, 'allowed: status, policy or both');

export const userRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/users',
    operationId: 'listUsers',
    summary: 'Lists users',
    query: z.strictObject({ tenant: identifier.optional(), ...pageQuery }),
    answer: pageShape(shape),
    run: async ({ query }) => {
      const { tenant } = query;
      return pageView(await listUsers(administration, { tenant }, pageOf(query)), view);
    },
  }),
  route({
    method: 'POST',
    path: '/users',
    operationId: 'createUser',
    summary: 'Creates a user; without a policy it may do nothing',
    body: z.strictObject({
      tenant: identifier,
      id: identifier.optional(),
      name: displayName,
      policy: permissionDocument.optional(),
    }),
    answer: shape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body }, context) =>
      view(await createUser(administration, { ...body, policy: body.policy ?? [] }, context)),
  }),
  route({
    method: 'GET',
    path: '/users/:tenant/:id',
    operationId: 'getUser',
    summary: 'Shows a user',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => view(await findUser(administration, params.tenant, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/users/:tenant/:id',
    operationId: 'changeUser',
    summary: 'Enables or disables a user, or sets its policy',
    params: one,
    body: change,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      view(await changeUser(administration, params.tenant, params.id, body, context)),
  }),
];
