/** `/admin/v1/resources`: protected resources (RFC 8707). The id is a URI: in a path it is URL-encoded. */

import { z } from 'zod';
import type { Resource } from '../../core/directory.ts';
import {
  changeResource,
  createResource,
  deleteResource,
  findResource,
  listResources,
} from '../../service/administer-resources.ts';
import type { Administration } from '../../service/administration.ts';
import {
  deleted,
  displayName,
  identifier,
  instant,
  iso,
  listOf,
  pageOf,
  pageQuery,
  pageShape,
  pageView,
  status,
  visibleText,
} from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const accessTokens = z
  .enum(['jwt', 'opaque'])
  .meta({ description: '`jwt` can be checked offline (RFC 9068), `opaque` by introspection only' });

const shape = z
  .object({
    tenant: z.string(),
    id: z.string(),
    name: z.string(),
    status,
    accessTokens,
    scopes: z.array(z.string()).meta({ description: 'What its tokens may carry; empty for every scope' }),
    createdAt: instant,
  })
  .meta({ id: 'Resource', description: 'A protected resource (RFC 8707): what access tokens are for' });

const view = ({ tenant, id, name, status, accessTokens, scopes, createdAtMs }: Resource) => ({
  tenant,
  id,
  name,
  status,
  accessTokens,
  scopes: [...scopes],
  createdAt: iso(createdAtMs),
});

const uri = z.string().min(1).max(1024).meta({ description: 'Absolute URI without a fragment' });
const one = z.strictObject({ tenant: identifier, id: uri });
const scopes = listOf(visibleText(256), 128);

const newResource = z.strictObject({
  tenant: identifier,
  id: uri,
  name: displayName,
  accessTokens: accessTokens.optional(),
  scopes: scopes.optional(),
});

const change = z
  .strictObject({ name: displayName, status, accessTokens, scopes })
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'allowed: at least one member');

export const resourceRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/resources',
    operationId: 'listResources',
    summary: 'Lists protected resources',
    query: z.strictObject({ tenant: identifier.optional(), ...pageQuery }),
    answer: pageShape(shape),
    run: async ({ query }) => {
      const { tenant } = query;
      return pageView(await listResources(administration, { tenant }, pageOf(query)), view);
    },
  }),
  route({
    method: 'POST',
    path: '/resources',
    operationId: 'createResource',
    summary: 'Creates a protected resource, which clients then may ask tokens for',
    body: newResource,
    answer: shape,
    status: 201,
    errors: ['not_found', 'already_exists'],
    run: async ({ body }, context) => view(await createResource(administration, body, context)),
  }),
  route({
    method: 'GET',
    path: '/resources/:tenant/:id',
    operationId: 'getResource',
    summary: 'Shows a protected resource',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => view(await findResource(administration, params.tenant, params.id)),
  }),
  route({
    method: 'PATCH',
    path: '/resources/:tenant/:id',
    operationId: 'changeResource',
    summary: 'Changes a protected resource: no tokens for a disabled one',
    params: one,
    body: change,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params, body }, context) =>
      view(await changeResource(administration, params.tenant, params.id, body, context)),
  }),
  route({
    method: 'DELETE',
    path: '/resources/:tenant/:id',
    operationId: 'deleteResource',
    summary: 'Deletes a protected resource; tokens that were issued for it stay until they end',
    params: one,
    answer: z.object({ tenant: z.string(), id: z.string(), result: deleted }),
    errors: ['not_found'],
    run: async ({ params: { tenant, id } }, context) => {
      await deleteResource(administration, tenant, id, context);
      return { tenant, id, result: 'deleted' as const };
    },
  }),
];
