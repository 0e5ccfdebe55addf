/** The OpenAPI 3.1 document of the admin API, written from the schemas that its requests are checked with. */

import { z } from 'zod';
import { type AdminErrorCode, adminErrors, errorShape } from './errors.ts';
import { type AdminRoute, route } from './route.ts';

type Json = { readonly [name: string]: unknown };

const everyRouteHas: readonly AdminErrorCode[] = [
  'invalid_request',
  'unauthorized',
  'internal',
  'temporarily_unavailable',
];
const everyBodyHas: readonly AdminErrorCode[] = ['body_too_large', 'unsupported_media_type'];

/** The route that serves the document; it is described as well. */
export const openApiRoute = (document: () => Json): AdminRoute =>
  route({
    method: 'GET',
    path: '/openapi.json',
    operationId: 'getOpenApi',
    summary: 'This document',
    answer: z.looseObject({ openapi: z.string() }),
    run: async () => ({ openapi: '', ...document() }),
  });

/** @param prefix where the routes live, such as `/admin/v1`. */
export function openApiDocument(routes: readonly AdminRoute[], prefix: string, version: string): Json {
  const schemas = new Map<string, unknown>();
  const reference = (schema: z.ZodType, io: 'input' | 'output'): unknown => hoist(schema, io, schemas);
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = `${prefix}${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, reference) };
  }
  reference(errorShape, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hufu admin API',
      version,
      description:
        'Administration of a Hufu server. Instants are ISO 8601 in UTC. Secrets are shown once, when they are made.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ adminToken: [] }],
    paths,
    components: {
      securitySchemes: { adminToken: { type: 'http', scheme: 'bearer' } },
      schemas: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

function operation(route: AdminRoute, reference: (schema: z.ZodType, io: 'input' | 'output') => unknown): Json {
  const parameters = [...parametersOf(route.params, 'path'), ...parametersOf(route.query, 'query')];
  const errors = [...everyRouteHas, ...route.errors, ...(route.body ? everyBodyHas : [])];
  return {
    operationId: route.operationId,
    summary: route.summary,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: !route.body.safeParse(undefined).success,
            content: { 'application/json': { schema: reference(route.body, 'input') } },
          },
        }),
    responses: {
      [route.status]: {
        description: route.status === 201 ? 'Created' : 'OK',
        content: { 'application/json': { schema: reference(route.answer, 'output') } },
      },
      ...errorResponses(errors),
    },
  };
}

/** One response a status; codes that share one are listed together. */
function errorResponses(codes: readonly AdminErrorCode[]): Json {
  const responses: Record<string, { description: string; content: Json }> = {};
  for (const code of codes) {
    const { status, meaning } = adminErrors[code];
    const before = responses[status]?.description;
    const line = `\`${code}\`: ${meaning}`;
    responses[status] = {
      description: before === undefined ? line : `${before}\n${line}`,
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
    };
  }
  return responses;
}

function parametersOf(object: z.ZodObject, place: 'path' | 'query'): Json[] {
  return Object.entries(object.shape).map(([name, field]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: hoist(field, 'input', new Map()),
  }));
}

/** The JSON Schema of `schema`, with everything that has an id under `components`. */
function hoist(schema: z.ZodType, io: 'input' | 'output', schemas: Map<string, unknown>): unknown {
  // Inside another schema, one with an id becomes a reference too.
  const wrapped = z.toJSONSchema(z.object({ schema }), {
    io,
    // Answers may grow: a client must not refuse a member that it does not know.
    override: ({ jsonSchema }) => {
      if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  const text = JSON.stringify({ schema: wrapped.properties?.schema, defs: wrapped.$defs ?? {} });
  const { schema: found, defs } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as {
    schema: unknown;
    defs: Record<string, unknown>;
  };
  for (const [id, definition] of Object.entries(defs)) schemas.set(id, definition);
  return found;
}
