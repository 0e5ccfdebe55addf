/** New grants with their audit events, as a server at work makes them: for measuring stores without a server. */

import { randomBytes } from 'node:crypto';
import type { AuditEvent } from '../packages/server/src/core/audit.ts';
import type { Grant } from '../packages/server/src/core/grant.ts';
import { grantId } from '../packages/server/src/core/ids.ts';

export type GrantCall = readonly [Grant, AuditEvent];

export interface CallOptions {
  /** Users of the one account, who ask in turn. */
  readonly users: number;
  /** `random` puts a random number in the place of the instant that ids begin with. */
  readonly ids: 'ordered' | 'random';
}

const dayMs = 86_400_000;
const tenant = '1234567890123456';

/** Five calls a millisecond. */
export function callMaker({ users, ids }: CallOptions): () => GrantCall {
  let clockMs = Date.parse('2026-01-01T00:00:00Z');
  let made = 0;
  return () => {
    if (made++ % 5 === 0) clockMs++;
    const random = randomBytes(16).toString('hex');
    const id = grantId(ids === 'ordered' ? clockMs : Number.parseInt(random.slice(20), 16), random.slice(0, 20));
    const subject = `2${String((made * 7919) % users).padStart(17, '0')}`;
    const accessKeyId = `LTAI5t${subject}`;
    const grant: Grant = {
      id,
      dialect: 'sls',
      tenant,
      subject,
      accessKeyId,
      clientId: undefined,
      issuedAtMs: clockMs,
      expiresAtMs: clockMs + dayMs,
      renewByMs: clockMs + dayMs,
      accessTokenLifetimeSeconds: 86_400,
      binding: undefined,
      scope: undefined,
      audience: undefined,
      revokedAtMs: undefined,
      generation: 0,
      rotatedAtMs: undefined,
      successorSeen: false,
      idempotencyKeyHash: undefined,
    };
    const event: AuditEvent = {
      atMs: clockMs,
      type: 'grant.issued',
      requestId: random.slice(0, 24).toUpperCase(),
      remote: '127.0.0.1',
      dialect: 'sls',
      operation: 'CreateTicket',
      tenant,
      actor: accessKeyId,
      subject,
      grantId: id,
    };
    return [grant, event];
  };
}
