import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { type Emulator, startEmulator } from './start.ts';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function admin({ url, description }: Emulator, method: string, path: string, body?: object) {
  const answer = await fetch(`${url}/admin/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${description.admin.token}`, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

suite('the demo data', () => {
  test('have an application of every kind that renews, each as it is described', async () => {
    await using emulator = await startEmulator();
    const { pds, oauth } = emulator.description;
    const described = async (id: string) => {
      const { tenant, dialect, type, authentication, redirectUris } = (await admin(emulator, 'GET', `/clients/${id}`))
        .body;
      return [tenant, dialect, type, authentication, redirectUris];
    };
    const domain = pds.domainId;
    const account = '1234567890123456';
    assert.deepEqual(await described(pds.jwtApp.clientId), [domain, 'pds', 'JWT', 'none', []]);
    const { webServerApp, nativeApp } = pds;
    assert.deepEqual(await described(webServerApp.clientId), [
      ...[domain, 'pds', 'WebServer', 'client_secret'],
      [webServerApp.redirectUri],
    ]);
    assert.deepEqual(await described(nativeApp.clientId), [
      ...[domain, 'pds', 'Native', 'none'],
      [nativeApp.redirectUri],
    ]);
    const { confidentialClient, publicClient } = oauth;
    assert.deepEqual(await described(confidentialClient.clientId), [
      ...[account, 'oauth', 'web', 'client_secret'],
      [confidentialClient.redirectUri],
    ]);
    assert.deepEqual(await described(publicClient.clientId), [
      ...[account, 'oauth', 'native', 'none'],
      [publicClient.redirectUri],
    ]);
  });

  test('have an organisation with a user in regions, each account in the state that is told', async () => {
    await using emulator = await startEmulator();
    const { orgId, accessKey, clusters } = emulator.description.scnet;
    const { tenant, dialect, type } = (await admin(emulator, 'GET', `/clients/${orgId}`)).body;
    assert.deepEqual([tenant, dialect, type], ['scnetdemo', 'scnet', 'organisation']);
    const key = await admin(emulator, 'GET', `/accesskeys/${accessKey}`);
    const { rows } = (await admin(emulator, 'GET', `/users/scnetdemo/${key.body.userId}/regions`)).body;
    const told = (rows as { regionId: string; status: string }[]).map(({ regionId, status }) => [regionId, status]);
    const wanted = clusters.filter(({ clusterId }) => clusterId !== '0');
    assert.deepEqual(new Map(told as [string, string][]), new Map(wanted.map((one) => [one.clusterId, one.status])));
  });

  test('let the resource server ask about tokens of every dialect', async () => {
    await using emulator = await startEmulator();
    const { clientId } = emulator.description.oauth.resourceServer;
    assert.equal((await admin(emulator, 'GET', `/clients/${clientId}`)).body.tenant, '*');
  });

  test('have users who may log in', async () => {
    await using emulator = await startEmulator();
    const { pds, oauth } = emulator.description;
    const user = await admin(emulator, 'GET', `/users/${pds.domainId}/${pds.user.userId}`);
    assert.deepEqual([user.body.loginName, user.body.hasPassword], [pds.user.userName, true]);
    const other = await admin(emulator, 'GET', `/users/1234567890123456/${oauth.user.userName}`);
    assert.deepEqual([other.body.loginName, other.body.hasPassword], [oauth.user.userName, true]);
  });

  test('stay as the tester left them, and come back where they were deleted', async (t) => {
    const data = folder(t);
    const clientPath = (id: string): string => `/clients/${id}`;
    const ids = await (async () => {
      await using emulator = await startEmulator({ data });
      const { pds, oauth } = emulator.description;
      await admin(emulator, 'PATCH', clientPath(pds.nativeApp.clientId), { name: 'Renamed' });
      await admin(emulator, 'DELETE', clientPath(oauth.publicClient.clientId));
      return { renamed: pds.nativeApp.clientId, deleted: oauth.publicClient.clientId };
    })();
    await using emulator = await startEmulator({ data });
    assert.equal((await admin(emulator, 'GET', clientPath(ids.renamed))).body.name, 'Renamed');
    assert.equal((await admin(emulator, 'GET', clientPath(ids.deleted))).status, 200);
  });

  test('leave out the applications of a dialect that is not served', async () => {
    await using emulator = await startEmulator({ config: { 'pds.enabled': 'false', 'scnet.enabled': 'false' } });
    const { pds, scnet } = emulator.description;
    assert.equal((await admin(emulator, 'GET', `/clients/${pds.jwtApp.clientId}`)).status, 404);
    assert.equal((await admin(emulator, 'GET', `/tenants/${pds.domainId}`)).status, 404);
    assert.equal((await admin(emulator, 'GET', `/clients/${scnet.orgId}`)).status, 404);
    assert.deepEqual((await admin(emulator, 'GET', '/regions')).body.rows, []);
  });
});

suite('the key of the demo JWT application', () => {
  test('is another at every start where no seed is named, but the same in a kept folder', async (t) => {
    const key = async (data?: string): Promise<string> => {
      await using emulator = await startEmulator({ data });
      return emulator.description.pds.jwtApp.privateKeyPem;
    };
    assert.notEqual(await key(), await key());
    const data = folder(t);
    assert.equal(await key(data), await key(data));
  });

  test('lies in a file for its owner only', async () => {
    await using emulator = await startEmulator();
    const { dataDir, pds } = emulator.description;
    const file = join(dataDir, 'jwt-app.pem');
    assert.equal(readFileSync(file, 'utf8'), pds.jwtApp.privateKeyPem);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });
});
