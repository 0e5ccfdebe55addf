import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareStorage, tablesOf } from './storage.ts';

const tables = tablesOf([
  'CREATE TABLE grants (id BLOB PRIMARY KEY, tenant TEXT) STRICT, WITHOUT ROWID; CREATE INDEX i ON grants (tenant);',
  'CREATE TABLE keys (id TEXT PRIMARY KEY); ALTER TABLE grants ADD COLUMN note TEXT;',
]);
const grants = '## `grants`\n| column | |\n|---|---|\n| `id` | a |\n| `tenant` | b |\n| `note` | c |\n';
const keys = '## keys\n| `id` | a |\n';

describe('docs/storage-schema.md', () => {
  it('is compared with the tables as all migrations leave them', () => {
    assert.deepEqual(
      [...tables],
      [
        ['grants', ['id', 'tenant', 'note']],
        ['keys', ['id']],
      ],
    );
  });

  it('has one row for each column, under the name of the table', () => {
    assert.deepEqual(compareStorage(grants + keys, tables), []);
  });

  it('misses a table', () => assert.equal(compareStorage(grants, tables).length, 1));
  it('misses a column', () => assert.equal(compareStorage(grants.replace('`note`', 'note') + keys, tables).length, 1));
  it('has a column twice', () => assert.equal(compareStorage(`${grants}| \`id\` | a |\n${keys}`, tables).length, 1));
  it('has a column that does not exist', () => {
    assert.equal(compareStorage(`${grants}${keys}| \`gone\` | a |\n`, tables).length, 1);
  });
  it('has a table that does not exist', () => {
    assert.equal(compareStorage(`${grants}${keys}## gone\n| \`id\` | a |\n`, tables).length, 1);
  });
  it('cannot pass because no table was found', () => assert.equal(compareStorage('', tablesOf([])).length, 1));
  it('cannot be compared with migrations that fail', () => assert.throws(() => tablesOf(['CREATE'])));
});
