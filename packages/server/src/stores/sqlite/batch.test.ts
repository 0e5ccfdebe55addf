import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { auditBlockText, auditGenesis } from '../../core/audit.ts';
import type { Grant } from '../../core/grant.ts';
import {
  accessKey,
  client,
  consent,
  eventAt,
  grantAt,
  issued,
  signingKey,
  startMs,
  tenant,
  user,
} from '../suite/samples.ts';
import { BatchWriter } from './batch.ts';
import { clientRow } from './client-row.ts';
import { openWriter } from './connection.ts';
import { freshFolder } from './fresh.sample.ts';
import { migrate } from './migrate.ts';
import { databaseFile } from './open.ts';
import type { BatchResult, Operation } from './operations.ts';
import { accessKeyRow, consentRow, createGrantOperation, eventRow, keyRow, tenantRow } from './rows.ts';
import { userRow } from './user-row.ts';

function withWriter(body: (writer: BatchWriter, db: DatabaseSync) => void): void {
  const folder = freshFolder();
  const db = openWriter({ file: databaseFile(folder.path), cacheBytes: 1 << 20, maximumFileBytes: undefined });
  try {
    migrate(db);
    body(new BatchWriter(db), db);
  } finally {
    db.close();
    folder.remove();
  }
}

const count = (db: DatabaseSync, table: string): unknown => db.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
const pageCount = (db: DatabaseSync): number => Number(db.prepare('PRAGMA page_count').get()?.page_count);
const create = (grant: Grant): Operation => createGrantOperation(grant, issued(grant));
const append = (): Operation => ['appendAudit', eventRow(eventAt(startMs))];
const many = (grants: number): Operation[] =>
  Array.from({ length: grants }, () => create(grantAt(startMs, { expiresAtMs: startMs })));
const unavailable = (result: BatchResult): string | undefined =>
  'unavailable' in result ? result.unavailable : undefined;

describe('a batch', () => {
  it('is one transaction and one audit block', () =>
    withWriter((writer, db) => {
      const grants = many(5);
      assert.deepEqual(writer.run([...grants, append()]), { results: new Array(6).fill(undefined) });
      assert.equal(count(db, 'grants'), 5);
      assert.equal(count(db, 'audit_blocks'), 1);
      assert.equal(db.isTransaction, false);
      const block = db.prepare('SELECT * FROM audit_blocks').get();
      const lines = String(block?.lines);
      assert.equal(lines.split('\n').length, 6);
      assert.equal(block?.hash, hash('sha256', auditBlockText(auditGenesis, 'main', 1, lines)));
    }));

  it('without an event writes no block', () =>
    withWriter((writer, db) => {
      writer.run([['purgeKeys', 1]]);
      assert.equal(count(db, 'audit_blocks'), 0);
    }));

  it('that finds the disk full is rolled back as a whole, and later ones succeed again', () =>
    withWriter((writer, db) => {
      writer.run(many(20));
      db.exec(`PRAGMA max_page_count = ${pageCount(db)}`);
      const refused = writer.run([...many(500), append()]);
      assert.match(unavailable(refused) ?? '', /full/);
      assert.equal(db.isTransaction, false);
      assert.equal(count(db, 'grants'), 20);
      assert.equal(count(db, 'audit_blocks'), 1);

      db.exec('PRAGMA max_page_count = 1000000');
      assert.equal(unavailable(writer.run(many(500))), undefined);
      const blocks = db.prepare('SELECT number, lines FROM audit_blocks ORDER BY number').all();
      assert.deepEqual(
        blocks.map(({ number, lines }) => [number, String(lines).split('\n').length]),
        [
          [1, 20],
          [2, 500],
        ],
      );
    }));

  it('that cannot begin says so, and later ones succeed again', () =>
    withWriter((writer, db) => {
      db.exec('BEGIN');
      assert.match(unavailable(writer.run(many(1))) ?? '', /transaction/);
      assert.equal(unavailable(writer.run(many(1))), undefined);
      assert.equal(count(db, 'grants'), 1);
    }));

  it('goes through beside an operation that fails by a mistake of ours', () =>
    withWriter((writer, db) => {
      const wrong = grantAt(startMs, { id: 'no grant id' });
      const untyped = grantAt(startMs, { expiresAtMs: 0.5 });
      const result = writer.run([create(grantAt(startMs)), create(wrong), create(untyped), create(grantAt(startMs))]);
      assert.ok('results' in result);
      const kinds = result.results.map((answer) => (Array.isArray(answer) ? answer[0] : answer));
      assert.deepEqual(kinds, [undefined, 'unexpected', 'unexpected', undefined]);
      assert.equal(count(db, 'grants'), 2);
      assert.equal(String(db.prepare('SELECT lines FROM audit_blocks').get()?.lines).split('\n').length, 2);
    }));

  it('takes back the first write of an operation whose second one fails', () =>
    withWriter((writer, db) => {
      const add = (id: string, newest: string | null, endMs: number): Operation => [
        'addKey',
        keyRow(signingKey(id)),
        newest,
        endMs,
        endMs,
        eventRow(eventAt(startMs)),
      ];
      writer.run([add('k1', null, 1)]);
      const result = writer.run([append(), add('k2', 'k1', 0.5), append()]);
      assert.ok('results' in result);
      assert.equal(Array.isArray(result.results[1]), true);
      assert.equal(count(db, 'signing_keys'), 1);
      assert.equal(
        String(db.prepare('SELECT lines FROM audit_blocks WHERE number = 2').get()?.lines).split('\n').length,
        2,
      );
    }));

  it('keeps a user and a client whole whose watermark cannot be written', () =>
    withWriter((writer, db) => {
      const event = eventRow(eventAt(startMs));
      writer.run([
        ['createTenant', tenantRow(tenant('t1')), event],
        ['createUser', userRow(user('t1', 'u1')), event],
        ['createAccessKey', accessKeyRow(accessKey('ak1')), event],
        ['createClient', clientRow(client('c1')), event],
        ['saveConsent', consentRow(consent()), event],
      ]);
      const result = writer.run([['deleteUser', 't1', 'u1', 0.5, event], ['deleteClient', 'c1', 0.5, event], append()]);
      assert.ok('results' in result);
      const kinds = result.results.map((answer) => (Array.isArray(answer) ? answer[0] : answer));
      assert.deepEqual(kinds, ['unexpected', 'unexpected', undefined]);
      const tables = ['users', 'access_keys', 'clients', 'consents', 'watermarks', 'audit_blocks'];
      assert.deepEqual(
        tables.map((table) => count(db, table)),
        [1, 1, 1, 1, 0, 2],
      );
    }));
});
