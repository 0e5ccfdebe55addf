/** `/admin/v1/keys` */

import { z } from 'zod';
import { NotFound, operator } from '../../service/administration.ts';
import { AdminError } from './errors.ts';
import { instant, iso, isoOrNull } from './fields.ts';
import type { AdminParts, KeyView } from './parts.ts';
import { type AdminRoute, route } from './route.ts';

const shape = z
  .object({
    id: z.string(),
    use: z.string().meta({ description: 'Who signs with it: a dialect, or `oauth`' }),
    algorithm: z.enum(['HS256', 'RS256', 'ES256']),
    state: z.enum(['published', 'signing', 'retiring', 'dropped']),
    createdAt: instant,
    activeFrom: instant,
    retiresAt: instant.nullable(),
    dropsAt: instant.nullable(),
  })
  .meta({ id: 'SigningKey' });

const listShape = z.object({ rows: z.array(shape) });

const rotateAsk = z.strictObject({
  use: z.string().min(1).max(64),
  immediately: z
    .boolean()
    .default(false)
    .meta({ description: 'Signs with the new key at once, without publishing it ahead: after a leak' }),
});

export const keyRoutes = ({ ring }: Pick<AdminParts, 'ring'>): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/keys',
    operationId: 'listKeys',
    summary: 'Lists signing keys, without their private halves',
    answer: listShape,
    run: async () => ({ rows: ring.list().map(view) }),
  }),
  route({
    method: 'POST',
    path: '/keys/rotate',
    operationId: 'rotateKeys',
    summary: 'Makes the successor of a signing key; the old one goes on verifying what it signed',
    body: rotateAsk,
    answer: listShape,
    errors: ['not_found', 'conflict'],
    run: async ({ body: { use, immediately } }, { requestId, remote }) => {
      const { outcome } = await ring.rotate(use, { requestId, remote, actor: operator, immediately });
      switch (outcome) {
        case 'rotated':
          return { rows: ring.list().map(view) };
        case 'unknown_use':
          throw new NotFound('key use', use);
        case 'conflict':
          throw new AdminError('conflict', `the keys of ${use} were rotated by somebody else at this moment`);
      }
    },
  }),
];

const view = ({ id, use, algorithm, state, createdAtMs, activeFromMs, retiresAtMs, dropsAtMs }: KeyView) => ({
  id,
  use,
  algorithm,
  state,
  createdAt: iso(createdAtMs),
  activeFrom: iso(activeFromMs),
  retiresAt: isoOrNull(retiresAtMs),
  dropsAt: isoOrNull(dropsAtMs),
});
