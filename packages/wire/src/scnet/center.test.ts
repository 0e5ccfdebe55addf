import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readAccountData } from './account.ts';
import { readCenterData, serviceUrl, textBoolean } from './center.ts';
import golden from './golden/answers.json' with { type: 'json' };

const dataOf = (operation: string): Record<string, unknown> =>
  JSON.parse(golden.documented.find((answer) => answer.operation === operation)?.body ?? '').data;
const center = dataOf('center');

suite('the center of a region', () => {
  test('of the sample is read: the id as text, one address for each service', () => {
    assert.deepEqual(readCenterData(center), {
      id: '11112',
      name: 'OpenAPI计算中心',
      userName: 'test',
      homePath: '/public/home/test',
      urls: {
        hpc: ['https://hpc.example.com:65106/hpc'],
        efile: ['https://efile.example.com:65103/efile'],
        ai: ['https://hpc.example.com:65106/ai'],
        eshell: ['https://eshell.example.com:65105/eshell'],
      },
    });
  });

  test('of an older form gives what is switched on: "false" is a text and not true', () => {
    const { efileUrls, usable } = golden.olderCenter;
    assert.deepEqual(readCenterData({ ...center, efileUrls })?.urls.efile, usable);
  });

  test('is switched on by the text or the value, and by nothing else', () => {
    const hpcUrls = ['true', true, 'false', false, 'TRUE', '1', 1, null, undefined].map((enable, at) => ({
      enable,
      url: `https://h${at}`,
    }));
    assert.deepEqual(readCenterData({ ...center, hpcUrls })?.urls.hpc, ['https://h0/hpc', 'https://h1/hpc']);
  });

  test('may lack lists, or have entries that are no addresses', () => {
    const hpcUrls = [null, 'https://a', { enable: 'true' }, { enable: 'true', url: '' }, { enable: 'true', url: 1 }];
    const read = readCenterData({ ...center, hpcUrls, efileUrls: undefined, aiUrls: 'none' });
    assert.deepEqual([read?.urls.hpc, read?.urls.efile, read?.urls.ai], [[], [], []]);
  });

  test('without its names is none', () => {
    for (const data of [undefined, null, '', [], {}, { ...center, clusterUserInfo: null }, { ...center, id: null }]) {
      assert.equal(readCenterData(data), undefined);
    }
    assert.equal(readCenterData({ ...center, name: 1 }), undefined);
    assert.equal(readCenterData({ ...center, clusterUserInfo: { userName: 'a' } }), undefined);
    assert.equal(readCenterData({ ...center, clusterUserInfo: { homePath: 'a' } }), undefined);
  });

  test('addresses get the segment of their service once, and no slash at the end', () => {
    for (const url of ['https://a:1', 'https://a:1/', 'https://a:1/hpc', 'https://a:1/hpc/', 'https://a:1/hpc//']) {
      assert.equal(serviceUrl(url, 'hpc'), 'https://a:1/hpc');
    }
    assert.equal(serviceUrl('https://xhpc', 'hpc'), 'https://xhpc/hpc');
    assert.equal(serviceUrl('https://a/efile', 'hpc'), 'https://a/efile/hpc');
  });

  test('switches are written as text', () => {
    assert.equal(JSON.stringify([textBoolean(true), textBoolean(false)]), '["true","false"]');
  });
});

suite('the user', () => {
  const user = dataOf('user');

  test('of the sample is read', () => assert.deepEqual(readAccountData(user), user));

  test('may lack everything but the name', () => {
    const read = readAccountData({ userName: 'test', accountBalance: 0, address: null });
    assert.equal(read?.userName, 'test');
    assert.deepEqual(Object.values({ ...read, userName: '' }), Array(Object.keys(user).length).fill(''));
  });

  test('without a name is none', () => {
    for (const data of [undefined, null, 'test', [], {}, { userName: '' }, { userName: 1 }]) {
      assert.equal(readAccountData(data), undefined);
    }
  });
});
