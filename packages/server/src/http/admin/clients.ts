/** `/admin/v1/clients` */

import { z } from 'zod';
import type { Client } from '../../core/client.ts';
import { changeClient, createClient, findClient, listClients } from '../../service/administer-clients.ts';
import type { Administration } from '../../service/administration.ts';
import { everyTenant } from '../../service/authenticate-client.ts';
import { displayName, identifier, instant, iso, pageOf, pageQuery, pageShape, pageView, status } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const permissions = z.array(z.enum(['introspect', 'revoke'])).max(2);

const members = {
  id: z.string(),
  tenant: z.string(),
  name: z.string(),
  status,
  permissions,
  createdAt: instant,
};

const shape = z.object(members).meta({ id: 'Client', description: 'An application that authenticates with a secret' });

const createdShape = z
  .object({ ...members, secret: z.string().optional() })
  .meta({ id: 'CreatedClient', description: 'The secret is shown this once' });

const view = ({ id, tenant, name, status, permissions, createdAtMs }: Client) => ({
  id,
  tenant,
  name,
  status,
  permissions: [...permissions],
  createdAt: iso(createdAtMs),
});

const one = z.strictObject({ id: identifier });

/** No `secret`: a secret that somebody chose is a secret that somebody knows. */
const newClient = z.strictObject({
  tenant: z.union([identifier, z.literal(everyTenant)], {
    error: 'allowed: the id of a tenant, or * for the grants of every tenant',
  }),
  id: identifier.optional(),
  name: displayName,
  permissions: permissions.refine((list) => new Set(list).size === list.length, 'allowed: each permission once'),
});

export const clientRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/clients',
    operationId: 'listClients',
    summary: 'Lists confidential clients, without their secrets',
    query: z.strictObject({ tenant: newClient.shape.tenant.optional(), ...pageQuery }),
    answer: pageShape(shape),
    run: async ({ query }) => {
      const { tenant } = query;
      return pageView(await listClients(administration, { tenant }, pageOf(query)), view);
    },
  }),
  route({
    method: 'POST',
    path: '/clients',
    operationId: 'createClient',
    summary: 'Creates a confidential client; its secret is shown this once',
    body: newClient,
    answer: createdShape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body }, context) => {
      const { client, secret } = await createClient(administration, body, context);
      return { ...view(client), secret };
    },
  }),
  route({
    method: 'GET',
    path: '/clients/:id',
    operationId: 'getClient',
    summary: 'Shows a client, without its secret',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => view(await findClient(administration, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/clients/:id',
    operationId: 'setClientStatus',
    summary: 'Enables or disables a client',
    params: one,
    body: z.strictObject({ status }),
    answer: shape,
    errors: ['not_found'],
    run: async ({ params, body }, context) => view(await changeClient(administration, params.id, body, context)),
  }),
];
