/** `/admin/v1/users` */

import { z } from 'zod';
import { changeUser, createUser, deleteUser, findUser, listUsers } from '../../service/administer-users.ts';
import type { Administration } from '../../service/administration.ts';
import { anyId, deleted, identifier, pageOf, pageQuery, pageShape, pageView } from './fields.ts';
import { type AdminRoute, route } from './route.ts';
import { newUser, profileOf, userChange, userShape, userView } from './user-shape.ts';

const one = z.strictObject({ tenant: identifier, id: anyId });

export const userRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/users',
    operationId: 'listUsers',
    summary: 'Lists users',
    query: z.strictObject({ tenant: identifier.optional(), ...pageQuery }),
    answer: pageShape(userShape),
    run: async ({ query }) => {
      const { tenant } = query;
      return pageView(await listUsers(administration, { tenant }, pageOf(query)), userView);
    },
  }),
  route({
    method: 'POST',
    path: '/users',
    operationId: 'createUser',
    summary: 'Creates a user; without a policy it may do nothing, without a password it cannot log in',
    body: newUser,
    answer: userShape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body: { policy = [], profile, ...body } }, context) =>
      userView(await createUser(administration, { ...body, policy, profile: profileOf(profile) }, context)),
  }),
  route({
    method: 'GET',
    path: '/users/:tenant/:id',
    operationId: 'getUser',
    summary: 'Shows a user',
    params: one,
    answer: userShape,
    errors: ['not_found'],
    run: async ({ params }) => userView(await findUser(administration, params.tenant, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/users/:tenant/:id',
    operationId: 'changeUser',
    summary: 'Changes a user: status, policy, password, role and profile hold from the next request on',
    params: one,
    body: userChange,
    answer: userShape,
    errors: ['not_found', 'already_exists'],
    run: async ({ params: { tenant, id }, body: { profile, ...body } }, context) => {
      const edit = profile === undefined ? body : { ...body, profile: profileOf(profile) };
      return userView(await changeUser(administration, tenant, id, edit, context));
    },
  }),
  route({
    method: 'DELETE',
    path: '/users/:tenant/:id',
    operationId: 'deleteUser',
    summary: 'Deletes a user with its access keys, consents and accounts in regions, and ends every grant of it',
    params: one,
    answer: z.object({ tenant: z.string(), id: z.string(), result: deleted }),
    errors: ['not_found'],
    run: async ({ params: { tenant, id } }, context) => {
      await deleteUser(administration, tenant, id, context);
      return { tenant, id, result: 'deleted' as const };
    },
  }),
];
