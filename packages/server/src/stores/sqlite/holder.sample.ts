/** A program for tests: opens the store of a folder, keeps it busy, and tells of every grant that was answered. */

import { randomBytes } from 'node:crypto';
import { grantId } from '../../core/ids.ts';
import { openSqliteStore } from './open.ts';

const [path = ''] = process.argv.slice(2);
const store = await openSqliteStore({ path });

let atMs = Date.parse('2026-03-01T08:00:00Z');

async function keepIssuing(): Promise<never> {
  for (;;) {
    const id = grantId(++atMs, randomBytes(10).toString('hex'));
    await store.createGrant(
      {
        id,
        dialect: 'sls',
        tenant: 't1',
        subject: 'u1',
        accessKeyId: 'ak1',
        clientId: undefined,
        issuedAtMs: atMs,
        expiresAtMs: atMs + 1000,
        renewByMs: atMs + 1000,
        accessTokenLifetimeSeconds: 1,
        binding: undefined,
        scope: undefined,
        audience: undefined,
        revokedAtMs: undefined,
        generation: 0,
        rotatedAtMs: undefined,
        successorSeen: false,
        idempotencyKeyHash: undefined,
      },
      { atMs, type: 'grant.issued', requestId: id, grantId: id },
    );
    process.stdout.write(`${id}\n`);
  }
}
await Promise.all(Array.from({ length: 16 }, keepIssuing));
