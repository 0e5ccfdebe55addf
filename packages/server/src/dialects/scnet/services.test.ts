import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readCenterData } from '@hufu/wire/scnet';
import { regionServices } from './services.ts';

const read = (given: unknown) => {
  const outcome = regionServices.read(given);
  assert.ok(outcome.ok, outcome.ok ? '' : outcome.problem);
  return JSON.parse(outcome.json);
};
const url = 'https://hpc.example.com:65106/hpc';

describe('the services of a region', () => {
  it('need an address each, and nothing more', () => {
    assert.deepEqual(read({ hpcUrls: [{ url }], efileUrls: [{ url }], aiUrls: [{ url }] }), {
      ingressUrls: [],
      efileUrls: [{ enable: 'true', version: '', url, nodeName: '', fastTransEnable: 'false', udpPort: '' }],
      eshellUrls: [],
      hpcUrls: [{ enable: 'true', version: '', url, isManagerNode: 'true' }],
      aiUrls: [{ enable: 'true', version: '', url }],
    });
    assert.deepEqual(Object.values(read({})), [[], [], [], [], []]);
  });

  it('are switched by booleans or by the texts of the wire, which are never truthy by accident', () => {
    for (const [given, kept] of [
      [true, 'true'],
      [false, 'false'],
      ['true', 'true'],
      ['false', 'false'],
    ] as const) {
      assert.equal(read({ aiUrls: [{ url, enable: given }] }).aiUrls[0].enable, kept);
    }
  });

  it('read again give what they were', () => {
    const first = read({ efileUrls: [{ url, udpPort: 65104, nodeName: '节点' }], hpcUrls: [{ url, enable: false }] });
    assert.deepEqual(read(first), first);
    assert.equal(first.efileUrls[0].udpPort, '65104');
  });

  it('make a center that clients can read', () => {
    const center = {
      id: 1,
      name: 'n',
      clusterUserInfo: { userName: 'u', homePath: '' },
      ...read({ hpcUrls: [{ url }] }),
    };
    assert.deepEqual(readCenterData(center)?.urls.hpc, [url]);
  });

  for (const address of [
    'http://10.0.0.1',
    'https://h:1/hpc',
    'https://h/',
    'HTTPS://h'.toLowerCase(),
    'http://[::1]:8/',
  ]) {
    it(`may be at ${address}`, () => {
      assert.equal(read({ aiUrls: [{ url: address }] }).aiUrls[0].url, address);
    });
  }

  for (const [given, problem] of [
    [undefined, /^services: allowed: an object/],
    [[], /^services: allowed: an object/],
    ['{}', /^services: allowed: an object/],
    [{ hpc: [] }, /^services: allowed: ingressUrls/],
    [{ hpcUrls: {} }, /^hpcUrls: allowed: a list/],
    [{ hpcUrls: Array.from({ length: 33 }, () => ({ url })) }, /^hpcUrls: allowed: a list of at most 32/],
    [{ hpcUrls: [url] }, /^hpcUrls\.0: allowed: an object/],
    [{ hpcUrls: [{ url }, {}] }, /^hpcUrls\.1\.url: allowed: an address/],
    [{ hpcUrls: [{ url: 'hpc.example.com' }] }, /^hpcUrls\.0\.url/],
    [{ hpcUrls: [{ url: 'ftp://h' }] }, /^hpcUrls\.0\.url/],
    [{ hpcUrls: [{ url: 'https://h/?a=b' }] }, /^hpcUrls\.0\.url/],
    [{ hpcUrls: [{ url: 'https://h /x' }] }, /^hpcUrls\.0\.url/],
    [{ hpcUrls: [{ url: `https://h/${'x'.repeat(1024)}` }] }, /^hpcUrls\.0\.url/],
    [{ hpcUrls: [{ url, enable: 1 }] }, /^hpcUrls\.0\.enable: allowed: true or false/],
    [{ hpcUrls: [{ url, enable: 'yes' }] }, /^hpcUrls\.0\.enable/],
    [{ hpcUrls: [{ url, version: 'a\nb' }] }, /^hpcUrls\.0\.version: allowed: at most 1024 visible/],
    [{ hpcUrls: [{ url, version: {} }] }, /^hpcUrls\.0\.version/],
    [{ aiUrls: [{ url, isManagerNode: true }] }, /^aiUrls\.0: allowed: enable, version, url/],
  ] as const) {
    it(`are refused by their place: ${JSON.stringify(given)?.slice(0, 60)}`, () => {
      const outcome = regionServices.read(given);
      assert.ok(!outcome.ok);
      assert.match(outcome.problem, problem);
    });
  }
});
