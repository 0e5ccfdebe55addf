import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { openReader, openWriter } from './connection.ts';
import { freshFolder } from './fresh.sample.ts';
import { databaseFile } from './open.ts';

const pragma = (db: DatabaseSync, name: string): unknown => Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0];

describe('the connections', () => {
  it('write to the disk at each commit unless they are transient, keep references, and hold no more in memory than they may', () => {
    const folder = freshFolder();
    const file = databaseFile(folder.path);
    const writer = openWriter({ file, cacheBytes: 1024 * 1024, maximumFileBytes: 4096 * 100 + 1 });
    const reader = openReader({ file, cacheBytes: 2 * 1024 * 1024 });
    assert.equal(pragma(writer, 'journal_mode'), 'wal');
    const full = 2;
    assert.equal(pragma(writer, 'synchronous'), full);
    assert.equal(pragma(writer, 'foreign_keys'), 1);
    assert.equal(pragma(writer, 'max_page_count'), 100);
    assert.equal(pragma(writer, 'cache_size'), -1024);
    assert.equal(pragma(reader, 'cache_size'), -2048);
    for (const db of [writer, reader]) assert.equal(pragma(db, 'mmap_size'), 0);
    assert.throws(() => reader.exec('CREATE TABLE a (x)'), /readonly/);
    reader.close();
    writer.close();
    const transient = openWriter({ file, cacheBytes: 1024 * 1024, maximumFileBytes: undefined, isTransient: true });
    assert.equal(pragma(transient, 'journal_mode'), 'wal');
    assert.equal(pragma(transient, 'synchronous'), 0);
    transient.close();
    folder.remove();
  });
});
