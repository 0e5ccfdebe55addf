/** `/admin/v1/audit` */

import { z } from 'zod';
import { type AuditLine, readAuditLog } from '../../service/audit-log.ts';
import { verifyAudit } from '../../service/verify-audit.ts';
import { instant, instantAsk, iso, pageOf, pageQuery, pageShape, pageView } from './fields.ts';
import type { AdminParts } from './parts.ts';
import { type AdminRoute, route } from './route.ts';

const textOrNull = z.string().nullable();

const eventShape = z
  .object({
    at: instant,
    type: z.string(),
    requestId: z.string(),
    remote: textOrNull,
    dialect: textOrNull,
    operation: textOrNull,
    tenant: textOrNull,
    actor: textOrNull,
    subject: textOrNull,
    grantId: textOrNull,
    reason: textOrNull,
    detail: textOrNull,
  })
  .meta({ id: 'AuditEvent' });

const link = { chain: z.string(), number: z.int(), hash: z.string() };

const verificationShape = z
  .object({
    ok: z.boolean(),
    blocks: z.int(),
    events: z.int(),
    chains: z.array(
      z.object({ chain: z.string(), blocks: z.int(), events: z.int(), head: z.object(link).meta({ id: 'AuditHead' }) }),
    ),
    broken: z.array(
      z.object({
        chain: z.string(),
        number: z.int(),
        problem: z.enum(['missing', 'altered', 'misdated', 'head_mismatch', 'head_purged']),
      }),
    ),
  })
  .meta({ id: 'AuditVerification', description: 'Note the heads outside the server, and give them to the next check' });

const head = z.strictObject({
  chain: z.string().min(1).max(64),
  number: z.int().min(0),
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'allowed: 64 lower-case hexadecimal digits'),
});

const word = z.string().min(1).max(128);

export const auditRoutes = ({ store, hashing }: Pick<AdminParts, 'store' | 'hashing'>): AdminRoute[] => [
  route({
    method: 'GET',
    path: '/audit',
    operationId: 'listAuditEvents',
    summary: 'Reads the audit log, newest first; a page may be empty although there is a next one',
    query: z.strictObject({
      from: instantAsk.optional(),
      until: instantAsk.optional(),
      type: word.optional(),
      grantId: word.optional(),
      requestId: word.optional(),
      ...pageQuery,
    }),
    answer: pageShape(eventShape),
    run: async ({ query }) => {
      const { from, until, type, grantId, requestId } = query;
      const filter = { fromMs: from, untilMs: until, type, grantId, requestId };
      return pageView(await readAuditLog(store, filter, pageOf(query)), view);
    },
  }),
  route({
    method: 'POST',
    path: '/audit/verify',
    operationId: 'verifyAudit',
    summary: 'Checks every link and hash of the audit log, and heads that were noted earlier',
    body: z.strictObject({ heads: z.array(head).max(64).optional() }).optional(),
    answer: verificationShape,
    run: async ({ body }) => {
      const result = await verifyAudit(store, (text) => hashing.digestHex('sha256', text), body?.heads);
      return {
        ok: result.ok,
        blocks: result.chains.reduce((sum, { blocks }) => sum + blocks, 0),
        events: result.chains.reduce((sum, { events }) => sum + events, 0),
        chains: [...result.chains],
        broken: [...result.broken],
      };
    },
  }),
];

const view = ({ atMs, values }: AuditLine) => ({
  at: iso(atMs),
  type: values.type ?? '',
  requestId: values.requestId ?? '',
  remote: values.remote ?? null,
  dialect: values.dialect ?? null,
  operation: values.operation ?? null,
  tenant: values.tenant ?? null,
  actor: values.actor ?? null,
  subject: values.subject ?? null,
  grantId: values.grantId ?? null,
  reason: values.reason ?? null,
  detail: values.detail ?? null,
});
