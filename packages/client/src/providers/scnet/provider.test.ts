import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jwtOf, type Reply, type SentRequest, type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { createTokenSource } from '../../core/create.ts';
import { refusedWith } from '../../core/source.sample.ts';
import type { TokenEvent } from '../../core/types.ts';
import { type ScnetOptions, scnet, scnetGrant, scnetUrls } from './provider.ts';

const startMs = Date.UTC(2026, 10, 22);
const day = 24 * 3_600_000;
const keys = { user: 'bob', accessKey: 'ak', secretKey: 'sk' };

const success = (data: unknown): WrittenAnswer => ({ body: { code: '0', msg: 'success', data } });
const refusal = (code: string): WrittenAnswer => ({ body: { code, msg: 'auth_fail', data: null } });
const addresses = success({
  id: 11250,
  name: '昆山',
  clusterUserInfo: { userName: 'act1', homePath: '/home/act1' },
  hpcUrls: [{ enable: 'true', version: '2', url: 'https://hpc.example' }],
});

const tokenOf = (clusterId: string, expireTime: number, accountStatus = 'Normal'): string =>
  jwtOf({
    computeUser: 'act1',
    accountStatus,
    creator: 'ac',
    role: '1',
    expireTime: String(expireTime),
    clusterId,
    invoker: 'i',
    user: 'bob',
  });

const rows = (endMs = startMs + day) => [
  { clusterName: '昆山', clusterId: '11250', token: tokenOf('11250', endMs) },
  { clusterName: '停用', clusterId: '11251', token: null },
  { clusterName: '欠费', clusterId: '11252', token: tokenOf('11252', endMs, 'Disable') },
  { clusterName: 'ac', clusterId: '0', token: tokenOf('11125', endMs) },
];

function opened(options: Partial<ScnetOptions>, replies: readonly Reply[]) {
  const open = wire(replies, startMs);
  const events: TokenEvent[] = [];
  const provider = scnet({ ...keys, ...options } as ScnetOptions);
  const { fetch, clock } = open;
  const onEvent = (event: TokenEvent) => events.push(event);
  const source = createTokenSource({ provider, fetch, clock, policy: { jitterShare: 0, retries: 0 }, onEvent });
  return { ...open, source, events };
}

const paths = (sent: readonly SentRequest[]): string[] => sent.map(({ url }) => new URL(url).pathname);
const [loginPath, nextPath, centerPath] = [
  '/api/user/v3/tokens',
  '/ac/openapi/v2/tokens/next',
  '/ac/openapi/v2/center',
];

suite("a region's token", () => {
  test('is that of its row, lives as its claim says, and has the addresses with it', async () => {
    const { source, sent } = opened({ clusterId: '11250' }, [success(rows()), addresses]);
    const token = await source.getToken();
    assert.equal(token.token, rows()[0]?.token);
    assert.deepEqual([token.expiresAtMs, token.subject], [startMs + day, 'bob']);
    assert.deepEqual(token.extra, {
      clusterId: '11250',
      clusterName: '昆山',
      accountStatus: 'Normal',
      computeUser: 'act1',
      homePath: '/home/act1',
      urls: { hpc: ['https://hpc.example/hpc'], efile: [], ai: [], eshell: [] },
    });
    assert.deepEqual(scnetUrls(token)?.hpc, ['https://hpc.example/hpc']);
    assert.deepEqual(paths(sent), [loginPath, centerPath]);
    assert.equal(sent[1]?.headers.token, token.token);
  });

  test('renews itself, and keeps what is known of the region', async () => {
    const next = tokenOf('11250', startMs + 2 * day, 'Owe');
    const { source, sent, clock } = opened({ clusterId: '11250' }, [success(rows()), addresses, success(next)]);
    const first = await source.getToken();
    await clock.advance(day);
    const second = await source.getToken();
    assert.equal(second.token, next);
    assert.deepEqual(second.extra, { ...first.extra, accountStatus: 'Owe' });
    assert.deepEqual(paths(sent), [loginPath, centerPath, nextPath]);
    assert.equal(sent[2]?.headers.token, first.token);
  });

  test('is renewed until 24 hours after its end, and got by a new login from then on', async () => {
    for (const [afterMs, path] of [
      [2 * day, nextPath],
      // The engine allows for clocks that differ by a minute.
      [2 * day + 60_001, loginPath],
    ] as const) {
      const answer =
        path === nextPath ? success(tokenOf('11250', startMs + 4 * day)) : success(rows(startMs + 4 * day));
      const options = { clusterId: '11250', withCenter: false };
      const { source, sent, clock } = opened(options, [success(rows()), answer]);
      await source.getToken();
      await clock.advance(afterMs);
      await source.getToken();
      assert.equal(paths(sent)[1], path, String(afterMs));
    }
  });

  test('that can no longer be renewed is followed by a login', async () => {
    const options = { clusterId: '11250', withCenter: false };
    const replies = [success(rows()), refusal('10008'), success(rows(startMs + 3 * day))];
    const { source, sent } = opened(options, replies);
    await source.getToken();
    assert.equal((await source.getToken({ forceRefresh: true })).expiresAtMs, startMs + 3 * day);
    assert.deepEqual(paths(sent), [loginPath, nextPath, loginPath]);
  });

  test('is good without its addresses; the next renewal asks for them again', async () => {
    const next = success(tokenOf('11250', startMs + 2 * day));
    const replies = [success(rows()), { status: 503 }, next, addresses];
    const { source, events, sent } = opened({ clusterId: '11250' }, replies);
    assert.equal((await source.getToken()).extra.urls, undefined);
    const remark = events.find((event) => event.type === 'provider.log');
    assert.equal(remark?.message, 'no addresses of the region: center: the server refused with 503');
    const token = await source.getToken({ forceRefresh: true });
    assert.deepEqual([token.extra.homePath, token.extra.clusterName], ['/home/act1', '昆山']);
    assert.deepEqual(paths(sent).slice(2), [nextPath, centerPath]);
  });

  for (const clusterId of ['11251', '11252']) {
    test(`cannot be had where the account is disabled: row ${clusterId}`, async () => {
      const { source } = opened({ clusterId }, [success(rows())]);
      await assert.rejects(source.getToken(), { code: 'config', message: /disabled in this region: top it up/ });
    });
  }

  test('cannot be had where the login has no such region', async () => {
    const { source } = opened({ clusterId: '999' }, [success(rows())]);
    await assert.rejects(source.getToken(), { code: 'config', message: 'no region 999 among the 4 of the login' });
  });

  test('of another form is served until a server refuses it', async () => {
    const data = [{ clusterName: 'x', clusterId: '11250', token: 'opaque' }];
    const { source } = opened({ clusterId: '11250', withCenter: false }, [success(data)]);
    const token = await source.getToken();
    assert.deepEqual([token.token, token.expiresAtMs], ['opaque', undefined]);
  });
});

suite("the platform's token", () => {
  test('is the default, and is not asked for a region', async () => {
    const { source, sent } = opened({}, [success(rows())]);
    const token = await source.getToken();
    assert.deepEqual([token.extra.clusterName, token.extra.clusterId], ['ac', '0']);
    assert.equal(scnetUrls(token), undefined);
    assert.deepEqual(paths(sent), [loginPath]);
  });

  test('comes by password, too', async () => {
    const login = { user: 'bob', password: 'p', orgId: 'o' };
    const { fetch, clock, sent } = wire([success(rows())], startMs);
    const source = createTokenSource({ provider: scnet(login), fetch, clock });
    await source.getToken();
    assert.deepEqual(paths(sent), ['/ac/openapi/v2/tokens']);
  });
});

suite('logins', () => {
  test('a refused login is told as such', async () => {
    const { source } = opened({}, [refusal('10009')]);
    await assert.rejects(source.getToken(), refusedWith('invalid_client'));
  });

  test('a clock that is an hour off is set by the first refusal, and the login signed again', async () => {
    const headers = { date: new Date(startMs + 3_600_000).toUTCString() };
    const { source, sent } = opened({}, [{ ...refusal('10009'), headers }, success(rows())]);
    await source.getToken();
    const times = sent.map((request) => Number(request.headers.timestamp));
    assert.deepEqual(times, [startMs / 1000, startMs / 1000 + 3600]);
    assert.notEqual(sent[0]?.headers.signature, sent[1]?.headers.signature);
  });

  test('rows of one login can be put into the sources of several regions', async () => {
    const [row] = rows();
    assert.ok(row);
    const { source, sent } = opened({ clusterId: '11250' }, []);
    assert.equal((await source.adopt(scnetGrant(row))).token, row.token);
    assert.equal(sent.length, 0);
  });

  test('users, regions and installations have tokens of their own; secrets do not count', () => {
    const key = (options: object) => scnet({ ...keys, ...options } as ScnetOptions).key();
    const all = [{}, { clusterId: '11250' }, { user: 'eve' }, { acBase: 'https://ac.sugon.com' }].map(key);
    assert.equal(new Set(all).size, all.length);
    assert.equal(key({ accessKey: 'new', secretKey: 'new' }), key({}));
  });
});
