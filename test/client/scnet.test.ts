/** Token sources of SCNet against a running server: both logins, renewal and its 24th hour, regions, refusals. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createFetch } from '../../packages/client/src/http/index.ts';
import { createTokenSource, isTokenError, type TokenSource } from '../../packages/client/src/index.ts';
import {
  isScnetError,
  type ScnetOptions,
  scnet,
  scnetClient,
  scnetGrant,
  scnetUrls,
} from '../../packages/client/src/providers/scnet/index.ts';
import { manualClock } from '../../packages/client/src/testing/index.ts';
import { claimsOf, dayMs, openScnet, scnetInstant } from '../harness/scnet.ts';

const region = '11112';
const paths = {
  password: '/ac/openapi/v2/tokens',
  accessKey: '/api/user/v3/tokens',
  renew: '/ac/openapi/v2/tokens/next',
  center: '/ac/openapi/v2/center',
};

/** A server and a client whose clocks stand, and move together. */
async function opened(config: Record<string, string> = {}) {
  const scnetBench = await openScnet({ config });
  const { emulator, demo, admin } = scnetBench;
  const { user, password, orgId, accessKey, secretKey, acBase, apiBase } = demo;
  const bases = { acBase, apiBase };
  const byKey = { ...bases, user, accessKey, secretKey };
  const byPassword = { ...bases, user, password, orgId };
  const clock = manualClock(Date.parse(scnetInstant));
  const source = (options: Partial<ScnetOptions> = {}, login: ScnetOptions = byKey): TokenSource =>
    createTokenSource({
      provider: scnet({ clusterId: region, ...login, ...options } as ScnetOptions),
      clock,
      policy: { retries: 0, jitterShare: 0 },
    });
  const account = `/regions/${region}/accounts/scnetdemo/11655048541`;
  return {
    ...scnetBench,
    byKey,
    byPassword,
    clock,
    source,
    calls: (): string[] => emulator.requests.list().map(({ path }) => path),
    async pass(ms: number): Promise<void> {
      emulator.clock.advance(ms / 1000);
      await clock.advance(ms);
    },
    setAccount: (status: string) => admin('PUT', account, { status }),
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}

const refusedAs = (code: Parameters<typeof isTokenError>[1], vendorCode?: Parameters<typeof isScnetError>[1]) => {
  return (error: unknown): true => {
    assert.ok(isTokenError(error, code), String(error));
    if (vendorCode) assert.ok(isScnetError(error, vendorCode), String(error));
    return true;
  };
};

describe('SCNet: logins', () => {
  for (const kind of ['byKey', 'byPassword'] as const) {
    it(`${kind}: the region's token, with what its calls need`, async () => {
      await using world = await opened();
      const source = world.source({}, world[kind]);
      const token = await source.getToken();
      assert.equal(claimsOf(token.token).clusterId, region);
      assert.deepEqual([token.subject, token.lifetimeMs ?? token.expiresInMs()], ['demo', dayMs]);
      const { computeUser, clusterName, homePath } = token.extra;
      assert.deepEqual([computeUser, clusterName, homePath], ['act0001', 'OpenAPI计算中心', '/public/home/act0001']);
      assert.ok((scnetUrls(token)?.hpc.length ?? 0) > 0);
      assert.equal((await source.getToken()).token, token.token);
      assert.deepEqual(world.calls(), [kind === 'byKey' ? paths.accessKey : paths.password, paths.center]);
    });
  }

  it('without a region it is the platform’s token, and asks for no addresses', async () => {
    await using world = await opened();
    const token = await world.source({ clusterId: undefined }).getToken();
    assert.equal(claimsOf(token.token).computeUser, 'root');
    assert.deepEqual(world.calls(), [paths.accessKey]);
  });

  it('5,000 who ask at once cause one login', async () => {
    await using world = await opened();
    const source = world.source();
    const tokens = await Promise.all(Array.from({ length: 5_000 }, () => source.getToken()));
    assert.equal(new Set(tokens.map(({ token }) => token)).size, 1);
    assert.deepEqual(world.calls(), [paths.accessKey, paths.center]);
  });

  it('a wrong credential is refused in the words of its login', async () => {
    await using world = await opened();
    const wrongKey = world.source({}, { ...world.byKey, secretKey: 'wrong' });
    await assert.rejects(wrongKey.getToken(), refusedAs('invalid_client', '10009'));
    const wrongUser = world.source({}, { ...world.byKey, user: 'nobody' });
    await assert.rejects(wrongUser.getToken(), refusedAs('invalid_client', '10009'));
    const wrongPassword = world.source({}, { ...world.byPassword, password: 'wrong' });
    await assert.rejects(wrongPassword.getToken(), refusedAs('invalid_client', '10008'));
  });

  it('a name that is blocked for wrong passwords is told to wait, and for how long', async () => {
    await using world = await opened();
    const wrong = scnetClient({ ...world.byPassword, password: 'wrong' });
    let error: unknown;
    for (let attempt = 0; attempt < 50 && !isTokenError(error, 'rate_limited'); attempt += 1) {
      error = await wrong.login().catch((thrown: unknown) => thrown);
    }
    assert.ok(isTokenError(error, 'rate_limited') && error.status === 429);
    assert.ok((error.retryAfterMs ?? 0) > 0);
  });

  it('a machine whose clock is an hour off logs in by the time of the server', async () => {
    for (const offMs of [3_600_000, -3_600_000]) {
      await using world = await opened();
      const { acBase, apiBase, user, accessKey, secretKey } = world.byKey;
      const clock = manualClock(Date.parse(scnetInstant) + offMs);
      const provider = scnet({ acBase, apiBase, user, accessKey, secretKey, clusterId: region, withCenter: false });
      const token = await createTokenSource({ provider, clock, policy: { retries: 0 } }).getToken();
      assert.equal(token.subject, 'demo');
      assert.deepEqual(world.calls(), [paths.accessKey, paths.accessKey]);
    }
  });

  it('a region that is not among the rows is a mistake of the settings', async () => {
    await using world = await opened();
    await assert.rejects(world.source({ clusterId: '99999' }).getToken(), refusedAs('config'));
  });
});

describe('SCNet: renewal', () => {
  it('is made ahead of the end, keeps the region’s addresses, and asks for no login', async () => {
    await using world = await opened();
    const source = world.source();
    const first = await source.getToken();
    const changed = new Promise((resolve) => source.on('token.change', resolve));
    await world.pass(dayMs - 60_000);
    assert.equal((await source.getToken()).token, first.token);
    await changed;
    const second = await source.getToken();
    assert.notEqual(second.token, first.token);
    assert.deepEqual(scnetUrls(second), scnetUrls(first));
    assert.equal(second.extra.homePath, first.extra.homePath);
    assert.deepEqual(world.calls(), [paths.accessKey, paths.center, paths.renew]);
  });

  for (const [rule, lateMs, asked] of [
    ['a second before the 24th hour after the end the token is renewed', dayMs - 1000, [paths.renew]],
    // Clocks may differ by a minute: until then the server decides.
    ['at the 24th hour after the end the server refuses, and a login follows', dayMs, [paths.renew, paths.accessKey]],
    ['a minute later it is still asked', dayMs + 60_000, [paths.renew, paths.accessKey]],
    ['after that nobody is asked for what cannot be', dayMs + 61_000, [paths.accessKey]],
  ] as const) {
    it(rule, async () => {
      await using world = await opened();
      const source = world.source({ withCenter: false });
      await source.getToken();
      await world.pass(dayMs + lateMs);
      const token = await source.getToken();
      assert.equal(token.expiresInMs(), dayMs);
      assert.deepEqual(world.calls().slice(1), asked);
    });
  }

  it('where a renewal is refused all the same, a login follows', async () => {
    await using world = await opened({ 'scnet.renewalWindowSeconds': '3600' });
    const source = world.source();
    await source.getToken();
    await world.pass(dayMs + 3_600_000);
    assert.equal((await source.getToken()).subject, 'demo');
    assert.deepEqual(world.calls().slice(2, 4), [paths.renew, paths.accessKey]);
  });

  for (const oldToken of ['keep', 'end']) {
    it(`an answer that is lost costs no session: old tokens ${oldToken}`, async () => {
      await using world = await opened({ 'scnet.oldToken': oldToken });
      const { acBase, apiBase, user, accessKey, secretKey } = world.byKey;
      const provider = scnet({ acBase, apiBase, user, accessKey, secretKey, clusterId: region });
      const source = createTokenSource({ provider, policy: { backoffFirstMs: 1, backoffMostMs: 1 } });
      await source.getToken();
      world.emulator.faults.add({ path: paths.renew, when: 'after-commit', do: 'drop' });
      const token = await source.getToken({ forceRefresh: true });
      assert.deepEqual(world.calls(), [paths.accessKey, paths.center, paths.renew, paths.renew]);
      assert.equal(await scnetClient(world.byKey).state(token.token), true);
    });
  }
});

describe('SCNet: rows and accounts', () => {
  it('a login gives a row for each region, and null where the account is disabled', async () => {
    await using world = await opened();
    const rows = await scnetClient(world.byKey).login();
    assert.deepEqual(
      rows.map(({ clusterId, token }) => [clusterId, token !== null]),
      [
        ['11112', true],
        ['111131', false],
        ['11126', true],
        ['0', true],
      ],
    );
  });

  it('several regions share one login, and each goes on by itself', async () => {
    await using world = await opened();
    const rows = await scnetClient(world.byKey).login();
    for (const row of rows.filter(({ token }) => token !== null)) {
      const source = world.source({ clusterId: row.clusterId, withCenter: false });
      assert.equal((await source.adopt(scnetGrant(row))).token, row.token);
      const next = await source.getToken({ forceRefresh: true });
      assert.equal(claimsOf(next.token).clusterId, row.clusterId);
    }
    assert.deepEqual(world.calls(), [paths.accessKey, paths.renew, paths.renew, paths.renew]);
  });

  it('a disabled account is no login, and says what helps', async () => {
    await using world = await opened();
    await assert.rejects(world.source({ clusterId: '111131' }).getToken(), (error: unknown) => {
      assert.ok(isTokenError(error, 'config'));
      assert.match(error.message, /disabled in this region: top it up/);
      return true;
    });
  });

  it('an account that is disabled later ends its token; topped up, a login brings the next', async () => {
    await using world = await opened();
    const source = world.source();
    const first = await source.getToken();
    await world.setAccount('Disable');
    assert.equal(await scnetClient(world.byKey).state(first.token), false);
    await assert.rejects(source.getToken({ reject: first }), refusedAs('config'));
    await world.setAccount('Normal');
    await world.pass(60_000);
    const second = await source.getToken({ reject: first });
    assert.notEqual(second.token, first.token);
  });

  it('a renewed token says the account’s state of now', async () => {
    await using world = await opened();
    const source = world.source();
    assert.equal((await source.getToken()).extra.accountStatus, 'Normal');
    await world.setAccount('Owe');
    assert.equal((await source.getToken({ forceRefresh: true })).extra.accountStatus, 'Owe');
  });
});

describe('SCNet: the calls by their own names', () => {
  it('state, user and center say what the documents say', async () => {
    await using world = await opened();
    const client = scnetClient(world.byKey);
    const [row] = await client.login();
    const token = row?.token ?? '';
    assert.deepEqual([await client.state(token), await client.state('a.b.c')], [true, false]);
    assert.equal((await client.user(token)).userName, 'demo');
    const { urls, homePath } = await client.center(token);
    assert.ok(urls.hpc.every((url) => url.startsWith('http') && !url.endsWith('/')));
    assert.equal(homePath, '/public/home/act0001');
  });

  it('center with the platform’s token is an error of the server, as observed of the vendor’s', async () => {
    await using world = await opened();
    const platform = (await scnetClient(world.byKey).login()).find(({ clusterId }) => clusterId === '0');
    await assert.rejects(scnetClient(world.byKey).center(platform?.token ?? ''), refusedAs('server_error', '10001'));
  });
});

describe('SCNet: a fetch that carries the token', () => {
  it('in the header token, and again with another where the answer of status 200 says 10008', async () => {
    await using world = await opened();
    const provider = scnet({ ...world.byKey, clusterId: region });
    const source = createTokenSource({ provider, clock: world.clock });
    const options = { origins: [world.url], authFailure: provider.isAuthFailure, refusalsIn: 'json' } as const;
    const header = { name: 'token', value: ({ token }: { readonly token: string }): string => token };
    const send = createFetch(source, { ...options, header });
    const ask = async (): Promise<string> => (await send(`${world.url}/ac/openapi/v2/user`)).text();
    assert.match(await ask(), /"code":"0"/);
    const first = await source.getToken();
    await world.admin('POST', `/grants/${claimsOf(first.token).grantId}/revoke`);
    assert.match(await ask(), /"code":"0"/);
    assert.notEqual((await source.getToken()).token, first.token);
  });
});
