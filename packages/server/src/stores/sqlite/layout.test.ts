import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { grantId } from '../../core/ids.ts';
import { eventAt, grantAt, startMs } from '../suite/samples.ts';
import { assertionStatements } from './assertion-writes.ts';
import { attemptStatements } from './attempt-writes.ts';
import { searchSql } from './audit-search.ts';
import { blocksSql } from './audit-store.ts';
import { BatchWriter } from './batch.ts';
import { clientQueries } from './client-store.ts';
import { directoryQueries } from './directory-store.ts';
import { grantQueries } from './grant-store.ts';
import { grantStatements } from './grant-writes.ts';
import { consentQuery } from './login-store.ts';
import { migrate } from './migrate.ts';
import { notBeforeSql } from './not-before.ts';
import { codeStatements } from './redemption-writes.ts';
import { regionQueries } from './region-store.ts';
import { rotationStatements } from './rotation-writes.ts';
import { createGrantOperation, rotateOperation } from './rows.ts';

function freshDatabase(): DatabaseSync {
  const db = new DatabaseSync(':memory:');
  migrate(db);
  return db;
}

describe('the plan of each hot statement', () => {
  const db = freshDatabase();
  const planOf = (sql: string): string => {
    const numbered = [...sql.matchAll(/\?(\d+)/g)].map(([, number]) => Number(number));
    const values = new Array(Math.max(...numbered, sql.split('?').length - 1 - numbered.length)).fill(null);
    const rows = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values);
    return rows.map((row) => row.detail).join('; ');
  };

  const plans: readonly (readonly [string, string])[] = [
    [grantQueries.byId, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [grantQueries.inOrder, 'SEARCH grants USING PRIMARY KEY (id>?)'],
    [grantQueries.bySubject, 'SEARCH grants USING INDEX grants_by_subject (tenant=? AND subject=? AND id>?)'],
    [grantQueries.byClient, 'SEARCH grants USING INDEX grants_by_client (client_id=? AND id>?)'],
    [grantQueries.oldestEnd, 'SEARCH grants USING COVERING INDEX grants_by_end (expires_at_ms<?)'],
    [grantStatements.use, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [grantStatements.revoke, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [rotationStatements.byId, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [rotationStatements.rotate, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [rotationStatements.revoke, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [rotationStatements.seen, 'SEARCH grants USING PRIMARY KEY (id=?)'],
    [
      assertionStatements.purge,
      'SEARCH assertions USING PRIMARY KEY (issuer=? AND jti_hash=?); LIST SUBQUERY 2; SEARCH assertions USING COVERING INDEX assertions_by_end (until_ms<?)',
    ],
    [
      notBeforeSql,
      'SEARCH watermarks USING PRIMARY KEY (level=? AND tenant=? AND key=?); LIST SUBQUERY 4; SCAN 5-ROW VALUES CLAUSE',
    ],
    [
      grantStatements.deleteGrants,
      'SEARCH grants USING PRIMARY KEY (id=?); LIST SUBQUERY 1; SEARCH grants USING COVERING INDEX grants_by_end (expires_at_ms<?)',
    ],
    [
      grantStatements.deleteAccessKeys,
      'SEARCH access_keys USING PRIMARY KEY (id=?); LIST SUBQUERY 1; SEARCH access_keys USING COVERING INDEX access_keys_by_end (expires_at_ms<?)',
    ],
    [
      directoryQueries.accessKeyHolder,
      'SEARCH access_keys USING PRIMARY KEY (id=?); SEARCH users USING PRIMARY KEY (tenant=? AND id=?); SEARCH tenants USING PRIMARY KEY (id=?)',
    ],
    [directoryQueries.users, 'SEARCH users USING PRIMARY KEY ((tenant,id)>(?,?))'],
    [directoryQueries.usersOfTenant, 'SEARCH users USING PRIMARY KEY (tenant=? AND id>?)'],
    [
      directoryQueries.accessKeysOfUser,
      'SEARCH access_keys USING INDEX access_keys_by_user (tenant=? AND user_id=? AND id>?)',
    ],
    [directoryQueries.userByLogin, 'SEARCH users USING INDEX users_by_login (tenant=? AND login_name=?)'],
    [clientQueries.client, 'SEARCH clients USING PRIMARY KEY (id=?)'],
    [clientQueries.clientsOfTenant, 'SEARCH clients USING INDEX clients_by_tenant (tenant=? AND dialect=? AND id>?)'],
    [regionQueries.region, 'SEARCH regions USING PRIMARY KEY (id=?)'],
    [regionQueries.regions, 'SEARCH regions USING PRIMARY KEY (id>?)'],
    [
      regionQueries.memberships,
      'SEARCH region_accounts USING PRIMARY KEY (tenant=? AND user_id=?); SEARCH regions USING PRIMARY KEY (id=?)',
    ],
    [clientQueries.resource, 'SEARCH resources USING PRIMARY KEY (tenant=? AND id=?)'],
    [clientQueries.resources, 'SEARCH resources USING PRIMARY KEY ((tenant,id)>(?,?))'],
    [clientQueries.resourcesOfTenant, 'SEARCH resources USING PRIMARY KEY (tenant=? AND id>?)'],
    [consentQuery, 'SEARCH consents USING PRIMARY KEY (tenant=? AND subject=? AND client_id=?)'],
    [codeStatements.byHash, 'SEARCH codes USING PRIMARY KEY (hash=?)'],
    [codeStatements.redeem, 'SEARCH codes USING PRIMARY KEY (hash=?)'],
    [
      codeStatements.purge,
      'SEARCH codes USING PRIMARY KEY (hash=?); LIST SUBQUERY 1; SEARCH codes USING COVERING INDEX codes_by_end (expires_at_ms<?)',
    ],
    [attemptStatements.standing, 'SEARCH login_attempts USING PRIMARY KEY (key=?)'],
    [
      attemptStatements.purge,
      'SEARCH login_attempts USING PRIMARY KEY (key=?); LIST SUBQUERY 1; SEARCH login_attempts USING COVERING INDEX login_attempts_by_last (last_at_ms<?)',
    ],
    [searchSql, 'SEARCH audit_blocks USING INTEGER PRIMARY KEY (rowid>? AND rowid<?)'],
    [blocksSql, 'SEARCH audit_blocks USING INTEGER PRIMARY KEY (rowid>?)'],
  ];
  for (const [sql, plan] of plans) {
    it(`of ${sql.trim().replaceAll(/\s+/g, ' ').slice(0, 70)} … is a search`, () => {
      assert.equal(planOf(sql), plan);
    });
  }
});

describe('a grant', () => {
  it('writes no index when it is renewed, used or rotated', () => {
    const db = freshDatabase();
    const indexed = db
      .prepare(
        `SELECT info.name FROM sqlite_schema AS entry, pragma_index_info(entry.name) AS info
         WHERE entry.type = 'index' AND entry.tbl_name = 'grants' AND entry.sql IS NOT NULL`,
      )
      .all()
      .map((row) => row.name);
    const times = ['last_used_at_ms', 'rotated_at_ms', 'renew_by_ms'];
    const written = [...times, 'use_count', 'generation', 'successor_seen', 'idempotency_key_hash'];
    assert.deepEqual(
      written.filter((column) => indexed.includes(column)),
      [],
    );
    assert.deepEqual([...new Set(indexed)].toSorted(), ['client_id', 'expires_at_ms', 'subject', 'tenant']);
  });

  it('takes under 300 bytes, with its share of the pages, in its table and in all of its indexes', () => {
    const db = freshDatabase();
    const writer = new BatchWriter(db);
    const count = 20_000;
    for (let made = 0; made < count; made += 500) {
      const batch = Array.from({ length: 500 }, (_, at) => {
        const ms = startMs + made + at;
        // As long as those of the vendors are.
        const subject = `2${String(at % 50).padStart(17, '0')}`;
        const grant = grantAt(ms, {
          id: grantId(ms, (made + at).toString(16).padStart(20, '0')),
          tenant: '1234567890123456',
          subject,
          accessKeyId: `LTAI5t${subject}`,
        });
        return createGrantOperation(grant, eventAt(ms));
      });
      assert.ok('results' in writer.run(batch));
    }
    const sizes = db.prepare("SELECT name, sum(pgsize) AS bytes FROM dbstat WHERE name LIKE 'grants%' GROUP BY name");
    const bytes = Object.fromEntries(sizes.all().map((row) => [String(row.name), Number(row.bytes) / count]));
    // Nothing of it stands in the clients' index, which keeps its one empty page.
    assert.ok((bytes.grants_by_client ?? 0) < 1);
    assert.ok((bytes.grants ?? 0) > 100 && (bytes.grants ?? 0) < 200, `the row takes ${bytes.grants} bytes`);
    const all = Object.values(bytes).reduce((sum, size) => sum + size, 0);
    assert.ok(all < 300, `a grant takes ${all} bytes with its indexes`);
  });

  it('of a session is one row of under 300 bytes after a thousand rotations', () => {
    const db = freshDatabase();
    const writer = new BatchWriter(db);
    const count = 4000;
    const idAt = (at: number): string => grantId(startMs + at, at.toString(16).padStart(20, '0'));
    const sessions = Array.from({ length: count }, (_, at) => {
      const grant = grantAt(startMs + at, {
        id: idAt(at),
        dialect: 'pds',
        tenant: 'bj1234',
        subject: at.toString(16).padStart(32, '0'),
        accessKeyId: undefined,
        clientId: 'k7fRnLtWyPzQ3xBv',
        binding: 'k7fRnLtWyPzQ3xBv client_secret',
        scope: 'FILE.ALL DRIVE.ALL USER.ALL',
        generation: 1,
      });
      return createGrantOperation(grant, eventAt(grant.issuedAtMs));
    });
    assert.ok('results' in writer.run(sessions));
    const policy = { rotates: true, retryWindowSeconds: 60, renewalLifetimeSeconds: 60 };
    const rotate = (at: number, generation: number) =>
      rotateOperation({
        grantId: idAt(at),
        // Half of a SHA-256 in base64url.
        presented: {
          generation,
          binding: 'k7fRnLtWyPzQ3xBv client_secret',
          idempotencyKeyHash: '0123456789abcdefghijkl',
        },
        policy,
        nowMs: startMs + count,
        event: { atMs: startMs, requestId: 'r' },
      });
    // One of them a thousand times, the others often enough to be as long.
    assert.ok('results' in writer.run(Array.from({ length: 1000 }, (_, at) => rotate(0, at + 1))));
    for (const generation of [1, 2]) {
      const others = Array.from({ length: count - 1 }, (_, at) => rotate(at + 1, generation));
      assert.ok('results' in writer.run(others));
    }
    assert.equal(
      db.prepare('SELECT generation FROM grants WHERE id = (SELECT min(id) FROM grants)').get()?.generation,
      1001,
    );
    assert.equal(db.prepare('SELECT count(*) AS rows FROM grants').get()?.rows, count);
    const sizes = db.prepare("SELECT name, sum(pgsize) AS bytes FROM dbstat WHERE name LIKE 'grants%' GROUP BY name");
    const bytes = Object.fromEntries(sizes.all().map((row) => [String(row.name), Number(row.bytes) / count]));
    const row = bytes.grants ?? 0;
    assert.ok(row > 100 && row < 300, `the row takes ${row} bytes`);
    const all = Object.values(bytes).reduce((sum, size) => sum + size, 0);
    assert.ok(all < 400, `a session takes ${all} bytes with its indexes`);
  });
});
