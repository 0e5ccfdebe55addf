/** `/admin/v1`: administration over HTTP. Never without authentication, never cached, always one shape of error. */

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessKeyRoutes } from './access-keys.ts';
import { auditRoutes } from './audit.ts';
import { authenticate } from './authenticate.ts';
import { clientRoutes } from './clients.ts';
import { consentRoutes } from './consents.ts';
import { AdminError, adminErrorOf, adminErrors } from './errors.ts';
import { grantRoutes } from './grants.ts';
import { keyRoutes } from './keys.ts';
import { openApiDocument, openApiRoute } from './openapi.ts';
import type { AdminParts } from './parts.ts';
import { readQuery } from './query.ts';
import { regionRoutes } from './regions.ts';
import { resourceRoutes } from './resources.ts';
import type { AdminRoute } from './route.ts';
import { statusRoutes } from './status.ts';
import { tenantRoutes } from './tenants.ts';
import { userRoutes } from './users.ts';

export const adminPrefix = '/admin/v1';

const bodyLimitBytes = 64 * 1024;

export const adminRoutes = (parts: AdminParts): AdminRoute[] => [
  ...statusRoutes(parts),
  ...tenantRoutes(parts),
  ...userRoutes(parts),
  ...accessKeyRoutes(parts),
  ...clientRoutes(parts),
  ...resourceRoutes(parts),
  ...regionRoutes(parts),
  ...consentRoutes(parts),
  ...grantRoutes(parts),
  ...auditRoutes(parts),
  ...keyRoutes(parts),
  ...(parts.moreRoutes ?? []),
];

export function registerAdmin(app: FastifyInstance, parts: AdminParts): void {
  // Written when somebody asks for it: that takes longer than all the rest of building the app.
  let description: ReturnType<typeof openApiDocument> | undefined;
  const describe = () => {
    description ??= openApiDocument(routes, adminPrefix, parts.version);
    return description;
  };
  const routes: AdminRoute[] = [...adminRoutes(parts), openApiRoute(describe)];
  const register = async (admin: FastifyInstance): Promise<void> => {
    admin.removeAllContentTypeParsers();
    const parseJson = admin.getDefaultJsonParser('error', 'error');
    admin.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: bodyLimitBytes },
      (request, body, done) => {
        if (body.length === 0) done(null, undefined);
        else parseJson(request, String(body), done);
      },
    );
    admin.addHook('onRequest', async (request, reply) => authenticate(parts, request, reply));
    admin.setErrorHandler((error, request, reply) => refuse(parts, error, request, reply));
    admin.setNotFoundHandler((request, reply) => refuse(parts, missing(routes, request, reply), request, reply));
    for (const route of routes) {
      admin.route({
        method: route.method,
        url: route.path,
        bodyLimit: bodyLimitBytes,
        handler: async (request, reply) => {
          const raw = { params: request.params, query: readQuery(request.raw.url), body: request.body };
          const answer = await route.handle(raw, parts.contextOf(request));
          return sendJson(reply, route.status, answer);
        },
      });
    }
  };
  app.register(register, { prefix: adminPrefix });
}

function refuse(parts: AdminParts, thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { code, message } = adminErrorOf(thrown);
  if (code === 'internal') parts.reportFailure(request.id, thrown);
  // What is left of an oversized body is not read.
  if (code === 'body_too_large') reply.header('connection', 'close');
  return sendJson(reply, adminErrors[code].status, { error: code, message, requestId: request.id });
}

function missing(routes: readonly AdminRoute[], request: FastifyRequest, reply: FastifyReply): AdminError {
  const path = (request.raw.url ?? '').split('?', 1)[0] ?? '';
  const methods = routes.filter((route) => pathForm(route.path).test(path)).map(({ method }) => method);
  if (methods.length === 0) return new AdminError('not_found', 'nothing is served at this path');
  reply.header('allow', methods.join(', '));
  return new AdminError('method_not_allowed', adminErrors.method_not_allowed.meaning);
}

const pathForm = (path: string): RegExp => new RegExp(`^${adminPrefix}${path.replace(/:\w+/g, '[^/]+')}$`);

const sendJson = (reply: FastifyReply, status: number, value: unknown): FastifyReply =>
  reply.code(status).type('application/json').send(JSON.stringify(value));
