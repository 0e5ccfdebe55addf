/** The emulator for SCNet: what it says of itself is true, what a tester did stays, and faults come in its own shapes. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { claimsOf, dataOf, openScnet, refusalOf, renewedOf } from '../harness/scnet.ts';

it('the ids and keys of the demo have the form of the vendor’s samples', async () => {
  await using scnet = await openScnet();
  const { orgId, accessKey, secretKey, clusters } = scnet.demo;
  for (const id of [orgId, accessKey, secretKey]) assert.match(id, /^[0-9a-f]{32}$/);
  assert.equal(new Set([orgId, accessKey, secretKey]).size, 3);
  assert.ok(clusters.some(({ status }) => status === 'Disable'));
  assert.deepEqual(clusters.at(-1), { clusterId: '0', clusterName: 'ac', status: 'Normal' });
});

it('an account that the tester withdrew stays so at the next start of a kept folder', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(data, { recursive: true, force: true }));
  const token = await (async () => {
    await using scnet = await openScnet({ data });
    await scnet.admin('DELETE', '/regions/11126/accounts/scnetdemo/11655048541');
    return await scnet.token();
  })();
  await using scnet = await openScnet({ data });
  assert.deepEqual(Object.keys(await scnet.tokens()).toSorted(), ['0', '11112']);
  // What was given before the restart goes on.
  assert.equal(claimsOf(renewedOf(await scnet.renew(token))).clusterId, '11112');
});

it('faults meet SCNet in its own shapes: a lost answer, a busy gateway, a delay', async () => {
  await using scnet = await openScnet();
  const token = await scnet.token();
  const path = '/ac/openapi/v2/tokens/next';
  for (const status of [429, 503]) {
    scnet.emulator.faults.add({ path, when: 'before', do: 'status', status, times: 1 });
    assert.match(refusalOf(await scnet.renew(token)), new RegExp(`^${status} `));
  }
  scnet.emulator.faults.add({ path, when: 'after-commit', do: 'drop', times: 1 });
  await assert.rejects(scnet.renew(token));
  scnet.emulator.faults.add({ path, when: 'before', do: 'delay', delayMs: 1, times: 1 });
  dataOf(await scnet.renew(token));
});

it('what arrived is shown without passwords, tokens and signatures', async () => {
  await using scnet = await openScnet();
  const { 11112: token = '' } = await scnet.tokens();
  await scnet.accessKeyLogin();
  await scnet.renew(token);
  const shown = JSON.stringify(scnet.emulator.requests.list());
  assert.match(shown, /"password":"/);
  for (const secret of [token, scnet.demo.password, scnet.demo.secretKey]) assert.equal(shown.indexOf(secret), -1);
  assert.doesNotMatch(shown, /"signature":"[0-9a-f]{64}"/);
});
