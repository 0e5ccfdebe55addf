import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { grantId } from '../../core/ids.ts';
import { eventAt, grantAt, startMs } from '../suite/samples.ts';
import { searchSql } from './audit-search.ts';
import { blocksSql } from './audit-store.ts';
import { BatchWriter } from './batch.ts';
import { directoryQueries } from './directory-store.ts';
import { grantQueries } from './grant-store.ts';
import { grantStatements } from './grant-writes.ts';
import { migrate } from './migrate.ts';
import { createGrantOperation } from './rows.ts';

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
    [directoryQueries.client, 'SEARCH clients USING PRIMARY KEY (id=?)'],
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
    const written = ['use_count', 'last_used_at_ms', 'generation', 'rotated_at_ms', 'successor_seen', 'renew_by_ms'];
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
});
