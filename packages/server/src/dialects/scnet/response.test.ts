import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { operations } from '@hufu/wire/scnet';
import answers from '../../../../wire/src/scnet/golden/answers.json' with { type: 'json' };
import type { Outcome } from '../../core/outcome.ts';
import { sampleContext, sampleGrant, sampleMembership, sampleUser } from './call.sample.ts';
import { createScnetDialect } from './index.ts';

const dialect = createScnetDialect();
type Operation = keyof typeof operations;

const answered = (operation: Operation, outcome: Outcome) =>
  dialect.answer(operation, outcome, sampleContext(operations[operation].path));
const documented = (operation: Operation): string =>
  answers.documented.find((entry) => entry.operation === operation)?.body ?? '';
const inspected = { did: 'inspected', grant: sampleGrant, user: sampleUser, membership: sampleMembership } as const;

describe('an answer', () => {
  it('of the password login is the printed one, with null for a disabled account and the platform last', () => {
    const rows = [
      { id: '11112', name: 'OpenAPI计算中心', token: 'jwt-1' },
      { id: '111131', name: 'test中心', token: undefined },
      { id: '0', name: 'ac', token: 'jwt-3' },
    ];
    assert.equal(answered('passwordLogin', { did: 'regions', rows }).body, documented('passwordLogin'));
    const moved = [...rows.slice(2), ...rows.slice(0, 2)];
    assert.equal(answered('passwordLogin', { did: 'regions', rows: moved }).body, documented('passwordLogin'));
  });

  it('of the AK/SK login is the printed one', () => {
    const rows = [
      { id: '11112', name: 'OpenAPI计算中心', token: 'jwt-1' },
      { id: '111131', name: 'test中心', token: 'jwt-2' },
      { id: '0', name: 'ac', token: 'jwt-3' },
    ];
    assert.equal(answered('accessKeyLogin', { did: 'regions', rows }).body, documented('accessKeyLogin'));
  });

  it('of the renewal is the printed one: the new token is a text', () => {
    assert.equal(answered('renew', { did: 'token', token: 'jwt-1' }).body, documented('renew'));
  });

  it('of the check is the printed one, to the letter that clients compare', () => {
    assert.equal(answered('state', inspected).body, documented('state'));
    assert.equal(answered('state', { ...inspected, membership: undefined }).body, documented('state'));
  });

  it('of the region is the printed one, from what an operator says with ordinary booleans', () => {
    const services = JSON.stringify({
      ingressUrls: [{ enable: true, isManagerNode: true, version: '5.2.2', url: 'https://www.scnet.cn' }],
      efileUrls: [
        {
          nodeName: 'h04r3n07',
          fastTransEnable: true,
          udpPort: 65104,
          version: '2.6.1',
          url: 'https://efile.example.com:65103/efile',
        },
      ],
      eshellUrls: [{ version: '2.4.3', url: 'https://eshell.example.com:65105/eshell' }],
      hpcUrls: [{ version: '5.2.2', url: 'https://hpc.example.com:65106/hpc' }],
      aiUrls: [{ version: '2.4.3', url: 'https://hpc.example.com:65106/ai' }],
    });
    const { region, account } = sampleMembership;
    const membership = {
      region: { ...region, services },
      account: { ...account, account: 'test', homePath: '/public/home/test' },
    };
    assert.equal(answered('center', { ...inspected, membership }).body, documented('center'));
  });

  it('of the region has every list, also of one that was made while the dialect was not served', () => {
    const membership = { ...sampleMembership, region: { ...sampleMembership.region, services: '{}' } };
    const { data } = JSON.parse(answered('center', { ...inspected, membership }).body);
    assert.deepEqual(Object.keys(data), Object.keys(JSON.parse(documented('center')).data));
    for (const list of ['ingressUrls', 'efileUrls', 'eshellUrls', 'hpcUrls', 'aiUrls'])
      assert.deepEqual(data[list], []);
  });

  it('of the user has the members of the printed one, and is empty where nothing is known', () => {
    const { data } = JSON.parse(answered('user', inspected).body);
    assert.deepEqual(Object.keys(data), Object.keys(JSON.parse(documented('user')).data));
    assert.deepEqual(data, {
      country: '',
      language: '',
      timeZone: '',
      address: '',
      userName: 'bob',
      fullName: '张三',
      accountStatus: 'Normal',
      accountName: 'bob',
      accountBalance: '0.00',
      computerCenter: 'OpenAPI计算中心',
    });
    const platform = JSON.parse(answered('user', { ...inspected, membership: undefined }).body).data;
    assert.deepEqual([platform.accountStatus, platform.computerCenter], ['Normal', '']);
    const { account } = sampleMembership;
    const owing = { ...sampleMembership, account: { ...account, status: 'Owe' } } as const;
    const owed = answered('user', { ...inspected, user: { ...sampleUser, loginName: undefined }, membership: owing });
    const { accountStatus, userName } = JSON.parse(owed.body).data;
    assert.deepEqual([accountStatus, userName], ['Owe', sampleUser.id]);
  });

  it('has HTTP 200, JSON in UTF-8, a request id, and is kept by nobody on the way', () => {
    const { status, headers } = answered('state', inspected);
    assert.equal(status, 200);
    assert.deepEqual(headers, [
      'content-type',
      'application/json;charset=UTF-8',
      'cache-control',
      'no-store',
      'x-request-id',
      'r',
    ]);
  });
});

it('what no command of SCNet comes to is a mistake', () => {
  assert.throws(() => answered('state', { did: 'ended' }), /no words for ended/);
  assert.throws(() => dialect.answer('CreateTicket', inspected, sampleContext('/')), /no operation CreateTicket/);
  assert.throws(() => answered('center', { ...inspected, membership: undefined }), /no center/);
});
