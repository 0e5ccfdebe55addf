/** `/admin/v1/regions`, and the accounts of users in them. */

import { z } from 'zod';
import { membershipsOf, saveAccount, withdrawAccount } from '../../service/administer-accounts.ts';
import { changeRegion, createRegion, deleteRegion, findRegion, listRegions } from '../../service/administer-regions.ts';
import type { Administration } from '../../service/administration.ts';
import { anyId, deleted, identifier, pageOf, pageQuery, pageShape, pageView } from './fields.ts';
import {
  accountChange,
  accountShape,
  accountView,
  membershipShape,
  membershipView,
  newRegion,
  regionChange,
  regionId,
  regionShape,
  regionView,
} from './region-shape.ts';
import { type AdminRoute, route } from './route.ts';

const one = z.strictObject({ id: regionId });
const account = z.strictObject({ id: regionId, tenant: identifier, userId: anyId });

const accountOf = ({ id, tenant, userId }: z.output<typeof account>) => ({ regionId: id, tenant, userId });

export const regionRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/regions',
    operationId: 'listRegions',
    summary: 'Lists regions',
    query: z.strictObject(pageQuery),
    answer: pageShape(regionShape),
    run: async ({ query }) => pageView(await listRegions(administration, pageOf(query)), regionView),
  }),
  route({
    method: 'POST',
    path: '/regions',
    operationId: 'createRegion',
    summary: 'Creates a region; nobody has an account in it yet',
    body: newRegion,
    answer: regionShape,
    status: 201,
    errors: ['already_exists'],
    run: async ({ body }, context) => regionView(await createRegion(administration, body, context)),
  }),
  route({
    method: 'GET',
    path: '/regions/:id',
    operationId: 'getRegion',
    summary: 'Shows a region',
    params: one,
    answer: regionShape,
    errors: ['not_found'],
    run: async ({ params }) => regionView(await findRegion(administration, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/regions/:id',
    operationId: 'changeRegion',
    summary: 'Changes a region: tokens of a disabled one are refused from the next request on',
    params: one,
    body: regionChange,
    answer: regionShape,
    errors: ['not_found'],
    run: async ({ params, body }, context) => regionView(await changeRegion(administration, params.id, body, context)),
  }),
  route({
    method: 'DELETE',
    path: '/regions/:id',
    operationId: 'deleteRegion',
    summary: 'Deletes a region with every account in it',
    params: one,
    answer: z.object({ id: z.string(), result: deleted }),
    errors: ['not_found'],
    run: async ({ params: { id } }, context) => {
      await deleteRegion(administration, id, context);
      return { id, result: 'deleted' as const };
    },
  }),
  route({
    method: 'PUT',
    path: '/regions/:id/accounts/:tenant/:userId',
    operationId: 'saveRegionAccount',
    summary: 'Lets a user use a region, or changes the account there; members that are absent stay, or get a default',
    params: account,
    body: accountChange,
    answer: accountShape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      accountView(await saveAccount(administration, accountOf(params), body, context)),
  }),
  route({
    method: 'DELETE',
    path: '/regions/:id/accounts/:tenant/:userId',
    operationId: 'withdrawRegionAccount',
    summary: 'Takes a region from a user: tokens of it are refused from the next request on',
    params: account,
    answer: z.object({ tenant: z.string(), userId: z.string(), regionId: z.string(), result: deleted }),
    errors: ['not_found'],
    run: async ({ params }, context) => {
      const of = accountOf(params);
      await withdrawAccount(administration, of, context);
      return { ...of, result: 'deleted' as const };
    },
  }),
  route({
    method: 'GET',
    path: '/users/:tenant/:id/regions',
    operationId: 'listUserRegions',
    summary: 'Lists the regions that a user has an account in, at most 1000',
    params: z.strictObject({ tenant: identifier, id: anyId }),
    answer: z.object({ rows: z.array(membershipShape) }),
    errors: ['not_found'],
    run: async ({ params: { tenant, id } }) => ({
      rows: (await membershipsOf(administration, tenant, id)).map(membershipView),
    }),
  }),
];
