/** `/admin/v1/status` and `/admin/v1/config` */

import { z } from 'zod';
import { instant, iso } from './fields.ts';
import type { AdminParts } from './parts.ts';
import { type AdminRoute, route } from './route.ts';

const statusShape = z
  .object({
    version: z.string(),
    startedAt: instant,
    now: instant.meta({ description: "The server's clock" }),
    dialects: z.array(z.string()),
    pendingWrites: z.int(),
  })
  .meta({ id: 'Status' });

const configShape = z
  .object({
    options: z.array(
      z.object({
        path: z.string(),
        value: z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]).nullable(),
        origin: z.string(),
      }),
    ),
  })
  .meta({ id: 'Config', description: 'Secrets that are set show as ***' });

export const statusRoutes = (parts: AdminParts): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/status',
    operationId: 'getStatus',
    summary: 'What runs, and since when',
    answer: statusShape,
    run: async (_input, { nowMs }) => ({
      version: parts.version,
      startedAt: iso(parts.startedAtMs),
      now: iso(nowMs),
      dialects: parts.registry.dialects.map(({ name }) => name),
      pendingWrites: parts.store.pending,
    }),
  }),
  route({
    method: 'GET',
    path: '/config',
    operationId: 'getConfig',
    summary: 'The configuration in effect, with the origin of each value',
    answer: configShape,
    run: async () => ({
      options: parts.configView().map(({ path, value, origin }) => ({
        path,
        value: typeof value === 'object' && value !== null ? [...value] : value,
        origin,
      })),
    }),
  }),
];
