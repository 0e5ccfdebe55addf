import assert from 'node:assert/strict';
import test from 'node:test';
import { checkMasterKey, masterCheckSetting, masterCheckValue } from './master-check.ts';
import { sampleKeyStore, sampleSealing } from './ring.sample.ts';

const sealing = sampleSealing();
const otherSealing = sampleSealing(Buffer.alloc(32, 1).toString('base64'));

test('the first start writes the check value, and later starts with the same key pass', async () => {
  const store = sampleKeyStore();
  await checkMasterKey(store, sealing);
  assert.equal(await store.readSetting(masterCheckSetting), masterCheckValue(sealing));
  await checkMasterKey(store, sampleSealing());
});

test('another master key is refused and changes nothing', async () => {
  const store = sampleKeyStore();
  await checkMasterKey(store, sealing);
  await assert.rejects(checkMasterKey(store, otherSealing), { name: 'WrongMasterKey' });
  await checkMasterKey(store, sealing);
});

test('of two first starts with two keys, the second is refused', async () => {
  const store = sampleKeyStore();
  const results = await Promise.allSettled([checkMasterKey(store, sealing), checkMasterKey(store, otherSealing)]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['fulfilled', 'rejected'],
  );
});
