/** `/admin/v1/tenants` */

import { z } from 'zod';
import type { Tenant } from '../../core/directory.ts';
import { createTenant, findTenant, listTenants, setTenantStatus } from '../../service/administer-tenants.ts';
import type { Administration } from '../../service/administration.ts';
import { displayName, identifier, instant, iso, pageOf, pageQuery, pageShape, pageView, status } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const shape = z
  .object({ id: z.string(), name: z.string(), status, createdAt: instant })
  .meta({ id: 'Tenant', description: 'An Alibaba Cloud account, a PDS domain, a customer' });

const view = ({ id, name, status, createdAtMs }: Tenant) => ({ id, name, status, createdAt: iso(createdAtMs) });

const one = z.strictObject({ id: identifier });

export const tenantRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/tenants',
    operationId: 'listTenants',
    summary: 'Lists tenants',
    query: z.strictObject(pageQuery),
    answer: pageShape(shape),
    run: async ({ query }) => pageView(await listTenants(administration, pageOf(query)), view),
  }),
  route({
    method: 'POST',
    path: '/tenants',
    operationId: 'createTenant',
    summary: 'Creates a tenant',
    body: z.strictObject({ id: identifier.optional(), name: displayName }),
    answer: shape,
    status: 201,
    errors: ['already_exists'],
    run: async ({ body }, context) => view(await createTenant(administration, body, context)),
  }),
  route({
    method: 'GET',
    path: '/tenants/:id',
    operationId: 'getTenant',
    summary: 'Shows a tenant',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => view(await findTenant(administration, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/tenants/:id',
    operationId: 'setTenantStatus',
    summary: 'Enables or disables a tenant: the access keys of a disabled one are refused from then on',
    params: one,
    body: z.strictObject({ status }),
    answer: shape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      view(await setTenantStatus(administration, params.id, body.status, context)),
  }),
];
