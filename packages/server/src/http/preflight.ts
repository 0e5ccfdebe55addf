/** Preflights of CORS (https://fetch.spec.whatwg.org/#cors-preflight-fetch): for the paths that pages of any origin may call. */

import type { FastifyInstance } from 'fastify';
import type { Registry } from '../dialects/registry.ts';

/** As long as Chromium keeps an answer at most. */
const maxAgeSeconds = 7200;

/** Without credentials: no cookie is ever looked at there, so that every origin may be let in. */
export function registerPreflights(app: FastifyInstance, registry: Registry): void {
  for (const { path, method, crossOriginHeaders } of registry.dialects.flatMap(({ routes }) => routes)) {
    if (!crossOriginHeaders) continue;
    app.options(path, (_request, reply) => {
      reply
        .code(204)
        .header('access-control-allow-origin', '*')
        .header('access-control-allow-methods', method)
        .header('access-control-allow-headers', crossOriginHeaders.join(', '))
        .header('access-control-max-age', String(maxAgeSeconds))
        .send();
    });
  }
}
