import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sampleGrant } from '../core/grant.sample.ts';
import { grantId } from '../core/ids.ts';
import { openSqliteStore } from '../stores/sqlite/open.ts';
import { run, runJson } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

const hourMs = 60 * 60 * 1000;
const issuedAtMs = Date.now() - hourMs;

/** A data folder with sessions of alice with two applications, one of them over, and one of bob. */
async function withSessions(t: TestContext) {
  const folder = sampleFolder(t);
  const data = ['--data', folder];
  await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
  const store = await openSqliteStore({ path: folder });
  const add = async (number: number, subject: string, clientId: string, endsInMs = hourMs): Promise<string> => {
    const id = grantId(issuedAtMs, String(number).repeat(20));
    const expiresAtMs = Date.now() + endsInMs;
    const whose = { id, tenant: '100', dialect: 'pds', subject, clientId, accessKeyId: undefined };
    const grant = sampleGrant({ ...whose, issuedAtMs, expiresAtMs, renewByMs: expiresAtMs });
    await store.createGrant(grant, { atMs: issuedAtMs, type: 'grant.issued', requestId: 'r' });
    return id;
  };
  const addAll = async () => ({
    phone: await add(1, 'alice', 'phone'),
    desk: await add(2, 'alice', 'desk'),
    over: await add(3, 'alice', 'desk', -1),
    bob: await add(4, 'bob', 'desk'),
  });
  const ids = await addAll().finally(() => store.close());
  const json = (...args: string[]): Promise<Json> => runJson(['session', ...args, ...data]);
  const listed = async (...filter: string[]) =>
    ((await json('list', '--user', 'alice', ...filter)).rows as Json[]).map(({ id }) => id);
  return { data, ids, json, listed };
}

describe('hufu session', () => {
  it('lists the sessions of a user that are alive, and the others when asked', async (t) => {
    const { ids, listed } = await withSessions(t);
    assert.deepEqual(await listed(), [ids.phone, ids.desk]);
    assert.deepEqual(await listed('--all'), [ids.phone, ids.desk, ids.over]);
    assert.deepEqual(await listed('--app', 'desk'), [ids.desk]);
  });

  it('ends one, and leaves the others', async (t) => {
    const { ids, json, listed } = await withSessions(t);
    assert.deepEqual(await json('end', ids.phone), { id: ids.phone, result: 'revoked' });
    assert.deepEqual(await json('end', ids.phone), { id: ids.phone, result: 'already' });
    assert.deepEqual(await listed(), [ids.desk]);
  });

  it('needs a user, and a session that is there', async (t) => {
    const { data } = await withSessions(t);
    assert.equal((await run(['session', 'list', ...data])).exitCode, 2);
    const unknown = grantId(issuedAtMs, 'f'.repeat(20));
    assert.equal((await run(['session', 'end', unknown, ...data])).exitCode, 6);
  });
});
