import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { accountStatuses, platformRegion } from './facts.ts';
import golden from './golden/answers.json' with { type: 'json' };
import { isPlatform, isUsableAccount, loginData, type RegionRow, readLoginData } from './regions.ts';

const sample: RegionRow[] = JSON.parse(golden.documented[0]?.body ?? '').data;
const platform: RegionRow = { clusterName: 'ac', clusterId: '0', token: 'p' };
const region = (clusterId: string, token: string | null = 't'): RegionRow => ({ clusterName: 'r', clusterId, token });

suite('rows of a login', () => {
  test('of the sample are read: a disabled account has no token, the platform comes last', () => {
    assert.deepEqual(readLoginData(sample), sample);
    assert.deepEqual(
      sample.map(({ token }) => token === null),
      [false, true, false],
    );
    assert.deepEqual(sample.map(isPlatform), [false, false, true]);
    assert.equal(sample.at(-1)?.clusterName, platformRegion.clusterName);
  });

  test('put the platform last, and keep the order of the others', () => {
    const rows = [platform, region('2'), region('1'), region('3', null)];
    assert.deepEqual(loginData(rows), [region('2'), region('1'), region('3', null), platform]);
    assert.deepEqual(loginData([]), []);
  });

  test('the platform is known by its id, not by its name', () => {
    assert.ok(isPlatform({ clusterId: '0' }));
    for (const clusterId of ['', '00', '10', 'ac']) assert.ok(!isPlatform({ clusterId }), clusterId);
  });

  test('are read again, whatever they hold', () => {
    const text = fc.string({ unit: 'binary' });
    const token = fc.option(fc.string({ unit: 'binary', minLength: 1 }));
    const row = fc.record({ clusterName: text, clusterId: text, token }, { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(row), (rows) => assert.deepEqual(readLoginData(JSON.parse(JSON.stringify(rows))), rows)),
    );
  });

  test('may have an id that is a number, an empty token, or none', () => {
    assert.deepEqual(readLoginData([{ clusterName: 'ac', clusterId: 0, token: '' }]), [{ ...platform, token: null }]);
    assert.deepEqual(readLoginData([{ clusterName: 'r', clusterId: 11250 }]), [region('11250', null)]);
  });

  test('of another form are none, and one such row spoils them all', () => {
    for (const data of [undefined, null, 'jwt', {}, { 0: platform, length: 1 }])
      assert.equal(readLoginData(data), undefined);
    for (const wrong of [null, 'jwt', [], { ...platform, clusterName: 1 }, { ...platform, clusterId: null }]) {
      assert.equal(readLoginData([platform, wrong]), undefined);
    }
    assert.equal(readLoginData([{ ...platform, clusterId: 0.5 }]), undefined);
    assert.equal(readLoginData([{ ...platform, token: 1 }]), undefined);
  });

  test('an account that owes can be used, one that is disabled cannot', () => {
    assert.deepEqual(
      accountStatuses.filter((status) => !isUsableAccount(status)),
      ['Disable'],
    );
  });
});
