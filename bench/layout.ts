/**
 * Measures layouts of grants and audit log against each other, on one thread, in transactions of `--batch` grants:
 * what the decisions 0003 and 0004 rest on.
 *
 *     node bench/layout.ts [--grants 200000] [--batch 64] [--users 1]
 *
 * One line a layout: microseconds a grant in the first and in the last tenth (the middle one of its transactions, and
 * all of them with their moves from the log to the database), and bytes a grant in the file.
 */

import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { parseArgs } from 'node:util';
import { type AuditEvent, auditBlockText, auditGenesis, auditLine } from '../packages/server/src/core/audit.ts';
import type { Grant } from '../packages/server/src/core/grant.ts';
import { openWriter } from '../packages/server/src/stores/sqlite/connection.ts';
import { idBytes } from '../packages/server/src/stores/sqlite/grant-id.ts';
import { grantStatements } from '../packages/server/src/stores/sqlite/grant-writes.ts';
import { migrate } from '../packages/server/src/stores/sqlite/migrate.ts';
import { callMaker } from './grant-calls.ts';
import { median } from './median.ts';

const { values } = parseArgs({
  options: {
    grants: { type: 'string', default: '200000' },
    batch: { type: 'string', default: '64' },
    users: { type: 'string', default: '1' },
  },
});
const batchSize = Number(values.batch);
const batches = Math.floor(Number(values.grants) / batchSize);

interface Layout {
  readonly name: string;
  readonly ids: 'ordered' | 'random';
  /** `clustered` is today's table; `indexed` keeps rows as they arrive, with a unique index on the id in text. */
  readonly table: 'clustered' | 'indexed';
  /** One audit row for a transaction, or one for an event with an index by request. */
  readonly audit: 'blocks' | 'rows';
}

const layouts: readonly Layout[] = [
  { name: 'as it is', ids: 'ordered', table: 'clustered', audit: 'blocks' },
  { name: 'random ids', ids: 'random', table: 'clustered', audit: 'blocks' },
  { name: 'an audit row an event', ids: 'ordered', table: 'clustered', audit: 'rows' },
  { name: 'random text ids, own index, audit rows', ids: 'random', table: 'indexed', audit: 'rows' },
];

const indexedTable = `
  DROP TABLE grants;
  CREATE TABLE grants (id TEXT NOT NULL UNIQUE, dialect TEXT, tenant TEXT, subject TEXT, access_key_id TEXT,
    client_id TEXT, issued_at_ms INTEGER, expires_at_ms INTEGER, renew_by_ms INTEGER,
    access_token_lifetime_seconds INTEGER, revoked_at_ms INTEGER, generation INTEGER, rotated_at_ms INTEGER,
    successor_seen INTEGER, use_count INTEGER) STRICT;
  CREATE INDEX grants_by_subject ON grants (tenant, subject);
  CREATE INDEX grants_by_end ON grants (expires_at_ms)`;

const auditRows = `
  CREATE TABLE audit_rows (number INTEGER PRIMARY KEY, at_ms INTEGER, request_id TEXT, hash TEXT, line TEXT) STRICT;
  CREATE INDEX audit_rows_by_request ON audit_rows (request_id)`;

const columnsOf = (grant: Grant): SQLInputValue[] => [
  grant.dialect,
  grant.tenant,
  grant.subject,
  grant.accessKeyId ?? null,
  grant.clientId ?? null,
  grant.issuedAtMs,
  grant.expiresAtMs,
  grant.renewByMs,
  grant.accessTokenLifetimeSeconds,
  grant.revokedAtMs ?? null,
  grant.generation,
  grant.rotatedAtMs ?? null,
  grant.successorSeen ? 1 : 0,
];

/** @returns what writes the events of one transaction. */
function auditWriter(db: DatabaseSync, audit: Layout['audit']): (events: readonly AuditEvent[]) => void {
  if (audit === 'rows') db.exec(auditRows);
  const insert = db.prepare(
    audit === 'rows'
      ? 'INSERT INTO audit_rows VALUES (?, ?, ?, ?, ?)'
      : 'INSERT INTO audit_blocks VALUES (?, ?, ?, ?, ?)',
  );
  let number = 0;
  let last = auditGenesis;
  const write = (atMs: number, second: SQLInputValue, text: string): void => {
    last = hash('sha256', auditBlockText(last, 'main', ++number, text));
    insert.run(number, atMs, second, last, text);
  };
  return (events) => {
    if (audit === 'rows') for (const event of events) write(event.atMs, event.requestId, auditLine(event));
    else write(events[0]?.atMs ?? 0, events.at(-1)?.atMs ?? 0, events.map(auditLine).join('\n'));
  };
}

function measure({ name, ids, table, audit }: Layout): void {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-bench-'));
  const file = join(folder, 'layout.db');
  const db = openWriter({ file, cacheBytes: 8 * 1024 * 1024, maximumFileBytes: undefined });
  migrate(db);
  if (table === 'indexed') db.exec(indexedTable);
  const insert = db.prepare(grantStatements.insert);
  const keep = auditWriter(db, audit);
  const newCall = callMaker({ users: Number(values.users), ids });

  const usPerGrant: number[] = [];
  for (let at = 0; at < batches; at++) {
    const calls = Array.from({ length: batchSize }, newCall);
    const startMs = performance.now();
    db.exec('BEGIN IMMEDIATE');
    for (const [grant] of calls) {
      insert.run(table === 'indexed' ? grant.id : (idBytes(grant.id) ?? null), ...columnsOf(grant));
    }
    keep(calls.map(([, event]) => event));
    db.exec('COMMIT');
    usPerGrant.push(((performance.now() - startMs) * 1000) / batchSize);
  }
  db.close();
  const tenth = Math.ceil(batches / 10);
  const figures = [usPerGrant.slice(0, tenth), usPerGrant.slice(-tenth)].flatMap((part) => [
    median(part),
    part.reduce((sum, us) => sum + us, 0) / part.length,
  ]);
  const bytes = statSync(file).size / (batches * batchSize);
  say([name, ...figures.map((us) => us.toFixed(1)), bytes.toFixed(0)]);
  rmSync(folder, { recursive: true });
}

const say = ([name = '', ...cells]: readonly string[]): unknown =>
  process.stdout.write(`${name.padEnd(40)}${cells.map((cell) => cell.padStart(13)).join('')}\n`);

say(['', 'first, median', 'first, mean', 'last, median', 'last, mean', 'bytes']);
for (const layout of layouts) measure(layout);
