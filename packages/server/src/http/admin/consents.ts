/** `/admin/v1/consents`: what users allowed third-party applications. */

import { z } from 'zod';
import { findConsent, withdrawConsent } from '../../service/administer-consents.ts';
import type { Administration } from '../../service/administration.ts';
import { anyId, deleted, identifier, instant, iso } from './fields.ts';
import { type AdminRoute, route } from './route.ts';

const names = { tenant: z.string(), subject: z.string(), clientId: z.string() };

const shape = z
  .object({ ...names, scope: z.string(), grantedAt: instant })
  .meta({ id: 'Consent', description: 'That a user allowed an application the scopes that it asked for' });

const one = z.strictObject({ tenant: identifier, subject: anyId, clientId: anyId });

export const consentRoutes = (administration: Administration): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/consents/:tenant/:subject/:clientId',
    operationId: 'getConsent',
    summary: 'Shows what a user allowed an application',
    params: one,
    answer: shape,
    errors: ['not_found'],
    run: async ({ params }) => {
      const { grantedAtMs, ...consent } = await findConsent(administration, params);
      return { ...consent, grantedAt: iso(grantedAtMs) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/consents/:tenant/:subject/:clientId',
    operationId: 'withdrawConsent',
    summary: 'Takes a consent back: the user is asked again, and what the application was granted ends',
    params: one,
    answer: z.object({ ...names, result: deleted }),
    errors: ['not_found'],
    run: async ({ params }, context) => {
      await withdrawConsent(administration, params, context);
      return { ...params, result: 'deleted' as const };
    },
  }),
];
