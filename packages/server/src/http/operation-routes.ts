/** `/healthz`, `/readyz` and `/metrics`: for orchestrators and Prometheus. */

import type { FastifyInstance } from 'fastify';
import type { Metrics } from './metrics.ts';

export interface OperationParts {
  readonly metrics: Metrics;
  /** `undefined` when ready; else what is missing, in one word. */
  readonly notReady: () => Promise<string | undefined>;
  /** Whether a request may read the metrics. */
  readonly mayReadMetrics: (authorization: string | undefined) => boolean;
}

export function registerOperations(app: FastifyInstance, parts: OperationParts): void {
  app.get('/healthz', (_request, reply) => {
    reply.header('cache-control', 'no-store').type('application/json').send('{"status":"ok"}');
  });
  app.get('/readyz', async (_request, reply) => {
    const missing = await parts.notReady();
    reply.header('cache-control', 'no-store').type('application/json');
    if (missing === undefined) return reply.send('{"status":"ready"}');
    return reply.code(503).send(JSON.stringify({ status: 'not ready', missing }));
  });
  app.get('/metrics', async (request, reply) => {
    if (!parts.mayReadMetrics(request.headers.authorization)) {
      return reply
        .code(401)
        .header('www-authenticate', 'Bearer')
        .type('application/json')
        .send('{"error":"unauthorized"}');
    }
    const { contentType, text } = await parts.metrics.render();
    return reply.header('cache-control', 'no-store').type(contentType).send(text);
  });
}
