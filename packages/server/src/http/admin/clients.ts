/** `/admin/v1/clients` */

import { z } from 'zod';
import {
  changeClient,
  createClient,
  deleteClient,
  findClient,
  listClients,
  renewKey,
  renewSecret,
} from '../../service/administer-clients.ts';
import type { Administration } from '../../service/administration.ts';
import {
  askedOf,
  clientChange,
  clientShape,
  clientView,
  createdShape,
  createdView,
  newClient,
  renewedKeyShape,
  renewedSecretShape,
  tenantOrEvery,
} from './client-shape.ts';
import { anyId, deleted, pageOf, pageQuery, pageShape, pageView } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const one = z.strictObject({ id: anyId });

export const clientRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/clients',
    operationId: 'listClients',
    summary: 'Lists applications, without their secrets',
    query: z.strictObject({
      tenant: tenantOrEvery.optional(),
      dialect: z.string().min(1).max(32).optional(),
      ...pageQuery,
    }),
    answer: pageShape(clientShape),
    run: async ({ query }) => {
      const { tenant, dialect } = query;
      return pageView(await listClients(administration, { tenant, dialect }, pageOf(query)), clientView);
    },
  }),
  route({
    method: 'POST',
    path: '/clients',
    operationId: 'createClient',
    summary: 'Creates an application; its secret, or the private key of the pair made for it, is shown this once',
    body: newClient,
    answer: createdShape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body }, context) => createdView(await createClient(administration, askedOf(body), context)),
  }),
  route({
    method: 'GET',
    path: '/clients/:id',
    operationId: 'getClient',
    summary: 'Shows an application, without its secret',
    params: one,
    answer: clientShape,
    errors: ['not_found'],
    run: async ({ params }) => clientView(await findClient(administration, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:id',
    operationId: 'changeClient',
    summary: 'Changes an application: what is named takes the place of what was there',
    params: one,
    body: clientChange,
    answer: clientShape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      clientView(await changeClient(administration, params.id, askedOf(body), context)),
  }),
  route({
    method: 'DELETE',
    path: '/clients/:id',
    operationId: 'deleteClient',
    summary: 'Deletes an application, and ends every grant that it was given',
    params: one,
    answer: z.object({ id: z.string(), result: deleted }),
    errors: ['not_found'],
    run: async ({ params: { id } }, context) => {
      await deleteClient(administration, id, context);
      return { id, result: 'deleted' as const };
    },
  }),
  route({
    method: 'POST',
    path: '/clients/:id/secret',
    operationId: 'renewClientSecret',
    summary: 'Makes another secret, shown this once; the old one is refused from the next request on',
    params: one,
    answer: renewedSecretShape,
    errors: ['not_found'],
    run: async ({ params }, context) => {
      const { client, secret } = await renewSecret(administration, params.id, context);
      return { ...clientView(client), secret };
    },
  }),
  route({
    method: 'POST',
    path: '/clients/:id/key',
    operationId: 'renewClientKey',
    summary: 'Makes another pair of keys; the private one is shown this once, what the old one signs is refused',
    params: one,
    answer: renewedKeyShape,
    errors: ['not_found'],
    run: async ({ params }, context) => {
      const { client, privateKeyPem } = await renewKey(administration, params.id, context);
      return { ...clientView(client), privateKeyPem };
    },
  }),
];
