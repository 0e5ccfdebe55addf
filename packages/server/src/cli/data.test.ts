import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import { composeServer } from '../compose.ts';
import { loadConfig } from '../config/load.ts';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder, sampleMasterKey } from './server.sample.ts';

/** A data folder with a tenant in it. */
async function filled(t: TestContext): Promise<string> {
  const folder = sampleFolder(t);
  assert.equal((await run(['tenant', 'create', '--name', 'one', '--id', 'one', '--data', folder])).exitCode, 0);
  return folder;
}

async function opened(t: TestContext, folder: string): Promise<void> {
  const config = loadConfig({ env: {}, flags: { 'data.dir': folder, 'log.level': 'silent' } });
  const server = await composeServer(config, { masterKey: sampleMasterKey });
  t.after(() => server.close());
}

const tenants = async (folder: string): Promise<unknown[]> =>
  ((await runJson(['tenant', 'list', '--data', folder])).rows as Json[]).map(({ id }) => id);

describe('hufu backup and hufu restore', () => {
  it('copy the data while a server runs, and bring them back', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    const other = sampleFolder(t);
    await opened(t, folder);
    assert.deepEqual(await runJson(['backup', file, '--data', folder]), { file, folder });
    const restored = await runJson(['restore', file, '--data', other]);
    assert.deepEqual(Object.keys(restored), ['folder', 'newestEventAt', 'kept', 'carriedOver']);
    assert.deepEqual([restored.folder, restored.kept, restored.carriedOver], [other, null, null]);
    assert.deepEqual(await tenants(other), ['one']);
  });

  it('tell what may live again, and leave an event', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    const other = sampleFolder(t);
    await run(['backup', file, '--data', folder]);
    const { stderr } = await run(['restore', file, '--data', other]);
    assert.match(stderr, /What was revoked or disabled after 20\d\d-.* is alive again/);
    const { rows } = await runJson(['audit', '--type', 'data.restored', '--data', other]);
    assert.equal((rows as Json[]).length, 1);
    assert.equal((await runJson(['audit', 'verify', '--data', other])).ok, true);
  });

  it('replace data only when told to, and keep what was disabled since', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    await run(['backup', file, '--data', folder]);
    await run(['tenant', 'disable', 'one', '--data', folder]);
    await run(['tenant', 'create', '--name', 'two', '--id', 'two', '--data', folder]);
    const refused = await run(['restore', file, '--data', folder]);
    assert.equal(refused.exitCode, 6);
    assert.match(refused.stderr, /--replace/);
    const restored = await runJson(['restore', file, '--replace', '--data', folder]);
    assert.ok(existsSync(String(restored.kept)));
    assert.equal((restored.carriedOver as Json).disabledAccounts, 1);
    const { rows } = await runJson(['tenant', 'list', '--data', folder]);
    assert.deepEqual(
      (rows as Json[]).map(({ id, status }) => [id, status]),
      [['one', 'disabled']],
    );
  });

  it('overwrite no file and read no stranger', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    writeFileSync(file, 'mine');
    assert.equal((await run(['backup', file, '--data', folder])).exitCode, 6);
    assert.equal((await run(['restore', file, '--data', sampleFolder(t)])).exitCode, 5);
    assert.equal((await run(['backup', `${file}2`, '--data', sampleFolder(t)])).exitCode, 2);
  });

  it('replace data that cannot be read only when told to forget what they ended', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    await run(['backup', file, '--data', folder]);
    writeFileSync(join(folder, 'hufu.db'), 'x'.repeat(9000));
    const restore = ['restore', file, '--replace', '--data', folder];
    const refused = await run(restore);
    assert.equal(refused.exitCode, 5);
    assert.match(refused.stderr, /--forget-revocations/);
    assert.equal((await runJson([...restore, '--forget-revocations'])).carriedOver, null);
    assert.deepEqual(await tenants(folder), ['one']);
  });

  it('wait for the server to be down before they restore', async (t) => {
    const folder = await filled(t);
    const file = `${folder}-backup.db`;
    await run(['backup', file, '--data', folder]);
    await opened(t, folder);
    assert.equal((await run(['restore', file, '--replace', '--data', folder])).exitCode, 5);
  });
});

describe('hufu migrate', () => {
  it('shows the schema, and has nothing to do after a start', async (t) => {
    const folder = await filled(t);
    for (const args of [['--check'], []]) {
      const { schema, known, applied, missing } = await runJson(['migrate', ...args, '--data', folder]);
      assert.equal(schema, known);
      assert.deepEqual([applied, missing], [0, 0]);
    }
  });

  it('finds missing steps, takes them, and refuses a newer schema', async (t) => {
    const folder = await filled(t);
    const file = join(folder, 'hufu.db');
    const known = Number((await runJson(['migrate', '--check', '--data', folder])).known);
    setSchema(file, 0, true);
    assert.equal((await run(['migrate', '--check', '--data', folder])).exitCode, 1);
    assert.equal((await runJson(['migrate', '--data', folder])).applied, known);
    setSchema(file, known + 1, false);
    const { exitCode, stderr } = await run(['migrate', '--data', folder]);
    assert.equal(exitCode, 5);
    assert.match(stderr, /use a newer Hufu/);
  });

  it('needs data', async (t) => {
    assert.equal((await run(['migrate', '--data', sampleFolder(t)])).exitCode, 2);
  });
});

function setSchema(file: string, schema: number, isEmptied: boolean): void {
  const db = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  if (isEmptied) {
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    for (const { name } of tables) db.exec(`DROP TABLE ${String(name)}`);
  }
  db.exec(`PRAGMA user_version = ${schema}`);
  db.close();
}

describe('hufu doctor', () => {
  /** The state of each check, by name. */
  async function examine(
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<Readonly<Record<string, unknown>>> {
    const { exitCode, stdout } = await run(['doctor', '--json', ...args], { env: { HUFU_SERVER_PORT: '0', ...env } });
    const answer = JSON.parse(stdout) as { ok: boolean; checks: { name: string; state: string; detail: string }[] };
    assert.equal(exitCode, answer.ok ? 0 : 1);
    return { exitCode, ...Object.fromEntries(answer.checks.map(({ name, state }) => [name, state])) };
  }

  it('finds everything in order', async (t) => {
    const found = await examine(['--data', await filled(t)], { HUFU_ADMIN_TOKEN: 'x'.repeat(16) });
    assert.deepEqual(found, {
      exitCode: 0,
      configuration: 'ok',
      'master key': 'ok',
      'admin token': 'ok',
      folder: 'ok',
      room: 'ok',
      data: 'ok',
      audit: 'ok',
      clock: 'ok',
      port: 'ok',
    });
  });

  it('makes nothing where there is nothing yet', async (t) => {
    const folder = sampleFolder(t);
    const found = await examine(['--data', folder]);
    assert.deepEqual([found.exitCode, found.folder, found.data], [0, 'skipped', 'skipped']);
    assert.equal(existsSync(folder), false);
  });

  it('passes over data that a server has open', async (t) => {
    const folder = await filled(t);
    await opened(t, folder);
    assert.equal((await examine(['--data', folder])).data, 'skipped');
  });

  it('finds a folder that others can read', async (t) => {
    const folder = await filled(t);
    chmodSync(folder, 0o750);
    assert.deepEqual(await examine(['--data', folder]).then(({ exitCode, folder: found }) => [exitCode, found]), [
      1,
      'failed',
    ]);
  });

  it('finds the wrong master key, and a text that is none', async (t) => {
    const folder = await filled(t);
    const other = Buffer.alloc(32, 9).toString('base64');
    assert.equal((await examine(['--data', folder], { HUFU_DATA_MASTER_KEY: other })).data, 'failed');
    const { exitCode, stdout } = await run(['doctor', '--data', folder], { env: { HUFU_DATA_MASTER_KEY: 's3cret' } });
    assert.equal(exitCode, 1);
    assert.ok(!stdout.includes('s3cret'));
  });

  it('finds an audit log that was changed', async (t) => {
    const folder = await filled(t);
    const db = new DatabaseSync(join(folder, 'hufu.db'));
    db.exec("UPDATE audit_blocks SET lines = replace(lines, 'one', 'two')");
    db.close();
    const found = await examine(['--data', folder]);
    assert.deepEqual([found.exitCode, found.audit], [1, 'failed']);
  });

  it('finds a clock that is behind the data', async (t) => {
    const folder = await filled(t);
    const db = new DatabaseSync(join(folder, 'hufu.db'));
    const future = Date.now() + 3_600_000;
    db.exec(`UPDATE audit_blocks SET last_at_ms = ${future}, lines = replace(lines, '"at":', '"at":${future},"was":')`);
    db.close();
    assert.equal((await examine(['--data', folder])).clock, 'failed');
  });

  it('finds a port that somebody else has', async (t) => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    t.after(() => taken.close());
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? String(address.port) : '';
    assert.equal((await examine(['--data', await filled(t)], { HUFU_SERVER_PORT: port })).port, 'failed');
  });

  it('finds a bad configuration, and says which option', async () => {
    const { exitCode, stdout } = await run(['doctor'], { env: { HUFU_SERVER_PORT: 'many' } });
    assert.equal(exitCode, 1);
    assert.match(stdout, /failed .*server\.port/);
  });
});
