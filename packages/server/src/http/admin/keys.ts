/** `/admin/v1/keys` */

import { z } from 'zod';
import { keyState } from '../../core/keystate.ts';
import { NotFound } from '../../service/administration.ts';
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

export function keyRoutes({ ring }: Pick<AdminParts, 'ring'>): AdminRoute[] {
  const list = async (nowMs: number) => ({ rows: (await ring.list()).map((key) => view(key, nowMs)) });
  return [
    route({
      method: 'GET',
      path: '/keys',
      operationId: 'listKeys',
      summary: 'Lists signing keys, without their private halves',
      answer: listShape,
      run: (_input, { nowMs }) => list(nowMs),
    }),
    route({
      method: 'POST',
      path: '/keys/rotate',
      operationId: 'rotateKeys',
      summary: 'Makes the successor of a signing key; the old one goes on verifying what it signed',
      body: rotateAsk,
      answer: listShape,
      errors: ['not_found', 'conflict'],
      run: async ({ body: { use, immediately } }, { nowMs }) => {
        const known = (await ring.list()).some((key) => key.use === use);
        if (!known) throw new NotFound('key use', use);
        await ring.rotate(use, { immediately });
        return list(nowMs);
      },
    }),
  ];
}

const view = ({ id, use, algorithm, createdAtMs, ...times }: KeyView, nowMs: number) => ({
  id,
  use,
  algorithm,
  state: keyState(times, nowMs),
  createdAt: iso(createdAtMs),
  activeFrom: iso(times.activeFromMs),
  retiresAt: isoOrNull(times.retiresAtMs),
  dropsAt: isoOrNull(times.dropsAtMs),
});
