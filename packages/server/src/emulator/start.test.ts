import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { ConfigError } from '../config/load.ts';
import { signSls } from './sign-sls.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './start.ts';

const clock = '2024-10-30T03:02:45.559Z';

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** Starts, does something, stops. */
async function during<Value>(
  options: EmulatorOptions,
  act: (emulator: Emulator) => Value | Promise<Value>,
): Promise<Value> {
  await using emulator = await startEmulator(options);
  return await act(emulator);
}

async function call(
  emulator: Emulator,
  path: string,
  query: Record<string, string> = {},
  atMs = emulator.clock.nowMs(),
) {
  const { sls } = emulator.description;
  const { method, target, headers } = signSls(sls, { path, query, host: sls.endpoint, atMs });
  const answer = await fetch(emulator.url + target, { method, headers });
  return { status: answer.status, requestId: answer.headers.get('x-log-requestid'), body: await answer.text() };
}

async function admin(emulator: Emulator, method: string, path: string, body?: object) {
  const answer = await fetch(`${emulator.url}/admin/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${emulator.description.admin.token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    body: body ? JSON.stringify(body) : null,
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** All that does not follow from the port. */
function secretsOf({ description }: Emulator): object {
  const { endpoint: _endpoint, ...sls } = description.sls;
  const { apiEndpoint: _apiEndpoint, ...pds } = description.pds;
  const { issuer: _issuer, ...oauth } = description.oauth;
  return { admin: description.admin, sls, pds, oauth };
}

suite('an emulator', () => {
  test('gives tickets at once, and leaves no temporary folder behind', async () => {
    const dataDir = await during({}, async (emulator) => {
      assert.equal((await call(emulator, '/tickets')).status, 200);
      assert.ok(existsSync(emulator.description.dataDir));
      return emulator.description.dataDir;
    });
    assert.equal(existsSync(dataDir), false);
  });

  test('leaves no temporary folder behind where its port is taken', async (t) => {
    await during({}, async (first) => {
      const before = process.env.TMPDIR;
      t.after(() => {
        if (before === undefined) delete process.env.TMPDIR;
        else process.env.TMPDIR = before;
      });
      process.env.TMPDIR = folder(t);
      const port = Number(new URL(first.url).port);
      await assert.rejects(startEmulator({ port }), { code: 'EADDRINUSE' });
      assert.deepEqual(readdirSync(process.env.TMPDIR), []);
    });
  });

  test('stops twice as well as once', async () => {
    const emulator = await startEmulator();
    await Promise.all([emulator.stop(), emulator.stop()]);
    await emulator.stop();
  });

  test('is ended by a test that holds it, though a request waits for a delay', async () => {
    const emulator = await startEmulator();
    emulator.faults.add({ do: 'delay', path: '/tickets', when: 'after-commit', delayMs: 60_000, times: 1 });
    const waiting = call(emulator, '/tickets');
    while (emulator.faults.list().length > 0) await new Promise((resolve) => setImmediate(resolve));
    await emulator.stop();
    assert.equal((await waiting).status, 200);
  });

  test('that listens on every address names one that can be called, as its issuer too', async () => {
    await during({ host: '0.0.0.0' }, async ({ url, description }) => {
      assert.match(url, /^http:\/\/127\.0\.0\.1:\d+$/);
      const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`);
      assert.equal(((await metadata.json()) as { issuer: string }).issuer, description.oauth.issuer);
    });
  });

  test('does not read the environment', async (t) => {
    process.env.HUFU_SLS_ENABLED = 'false';
    t.after(() => delete process.env.HUFU_SLS_ENABLED);
    await during({}, async (emulator) => assert.equal((await call(emulator, '/tickets')).status, 200));
  });

  test('takes options of the server', async () => {
    await during({ config: { 'sls.overlongAccessToken': 'refuse' } }, async (emulator) => {
      const { status } = await call(emulator, '/tickets', { expirationTime: '1', accessTokenExpirationTime: '2' });
      assert.equal(status, 400);
    });
  });

  for (const options of [{ data: '' }, { seed: '' }]) {
    test(`refuses an empty ${Object.keys(options).join()}`, async () => {
      await assert.rejects(startEmulator(options), ConfigError);
    });
  }

  for (const instant of ['yesterday', '2024-10-30', '1969-12-31T23:59:59Z', '2024-13-01T00:00:00Z']) {
    test(`refuses the clock ${instant}`, async () => {
      await assert.rejects(startEmulator({ clock: instant }), ConfigError);
    });
  }
});

suite('a seed', () => {
  test('repeats keys, secrets, tickets and request ids on a frozen clock, byte by byte', async () => {
    const run = () =>
      during({ seed: 'tally', clock }, async (emulator) => ({
        secrets: secretsOf(emulator),
        answers: [await call(emulator, '/tickets'), await call(emulator, '/tickets', { expirationTime: '60' })],
      }));
    const first = await run();
    assert.deepEqual(await run(), first);
    assert.notEqual(first.answers[0]?.body, first.answers[1]?.body);
  });

  test('differs from another one in everything', async () => {
    const run = (seed: string) => during({ seed, clock }, (emulator) => secretsOf(emulator));
    const [one, other] = [JSON.stringify(await run('one')), JSON.stringify(await run('other'))];
    for (const [secret] of one.matchAll(/[A-Za-z0-9]{24,}/g)) assert.ok(!other.includes(secret));
  });

  test('is another at every start where none is named', async () => {
    const run = () => during({ clock }, ({ description }) => description.sls.accessKeySecret);
    assert.notEqual(await run(), await run());
  });
});

suite('a kept folder', () => {
  test('shows the same demo data at the next start, and its tickets go on', async (t) => {
    const data = join(folder(t), 'data');
    const first = await during({ data, clock }, async (emulator) => ({
      secrets: secretsOf(emulator),
      ticket: JSON.parse((await call(emulator, '/tickets')).body).ticket as string,
    }));
    await during({ data, clock }, async (emulator) => {
      assert.deepEqual(secretsOf(emulator), first.secrets);
      assert.equal((await call(emulator, '/token/refresh', { ticket: first.ticket })).status, 200);
    });
    assert.ok(existsSync(data));
  });

  test('gives other ids at every start, though the seed and the clock are the same', async (t) => {
    const data = folder(t);
    const run = () => during({ data, seed: 'tally', clock }, (emulator) => call(emulator, '/tickets'));
    const [first, second] = [await run(), await run()];
    assert.equal(second.status, 200);
    assert.notEqual(first.body, second.body);
  });

  test('makes new temporary credentials when the old ones have less than half an hour left', async (t) => {
    const data = folder(t);
    const run = (at: string) => during({ data, clock: at }, ({ description }) => description.sls.temporary);
    const first = await run('2024-10-30T03:00:00Z');
    assert.equal(first.expiresAt, '2024-10-30T04:00:00.000Z');
    assert.deepEqual(await run('2024-10-30T03:30:00Z'), first);
    const renewed = await run('2024-10-30T03:30:00.001Z');
    assert.equal(renewed.expiresAt, '2024-10-30T04:30:00.001Z');
    assert.notEqual(renewed.accessKeyId, first.accessKeyId);
    assert.notEqual(renewed.securityToken, first.securityToken);
  });

  test('keeps its secrets where only its owner reads them', async (t) => {
    const data = folder(t);
    await during({ data }, () => undefined);
    assert.equal(statSync(join(data, 'emulator.json')).mode & 0o777, 0o600);
  });

  test('is refused where it holds something else than an emulator’s data', async (t) => {
    const data = folder(t);
    writeFileSync(join(data, 'hufu.db'), '');
    await assert.rejects(startEmulator({ data }), ConfigError);
  });

  test('is refused where it was made with another seed', async (t) => {
    const data = folder(t);
    await during({ data, seed: 'tally' }, () => undefined);
    await assert.rejects(startEmulator({ data, seed: 'other' }), ConfigError);
    await during({ data }, () => undefined);
  });

  test('is refused where its state is damaged, and the error does not repeat it', async (t) => {
    const data = folder(t);
    await during({ data, seed: 'tally-seed' }, () => undefined);
    const file = join(data, 'emulator.json');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -3));
    await assert.rejects(startEmulator({ data }), (error: Error) => {
      assert.ok(error instanceof ConfigError);
      assert.ok(!error.message.includes('tally-seed'));
      return true;
    });
  });
});

suite('the emulator’s routes', () => {
  test('set, move and release the clock, and say where it is', async () => {
    await during({}, async (emulator) => {
      const set = await admin(emulator, 'POST', '/dev/clock', { now: '2024-10-30T11:02:45.559+08:00' });
      assert.deepEqual(set, { status: 200, body: { now: clock, frozen: true } });
      const moved = await admin(emulator, 'POST', '/dev/clock', { advanceSeconds: 86_400 });
      assert.deepEqual(moved.body, { now: '2024-10-31T03:02:45.559Z', frozen: true });
      assert.deepEqual((await admin(emulator, 'GET', '/dev/clock')).body, moved.body);
      const running = await admin(emulator, 'POST', '/dev/clock', { run: true });
      assert.equal(running.body.frozen, false);
      assert.equal(emulator.clock.frozen, false);
    });
  });

  const bad: ReadonlyArray<readonly [string, object]> = [
    ['two wishes at once', { now: clock, run: true }],
    ['no wish', {}],
    ['no instant', { now: 'soon' }],
    ['a time before 1970', { now: '1969-12-31T23:59:59Z' }],
    ['a step beyond the end', { advanceSeconds: 1e15 }],
  ];
  test('refuse what is no clock, and leave it alone', async () => {
    await during({ clock }, async (emulator) => {
      for (const [name, body] of bad) {
        const answer = await admin(emulator, 'POST', '/dev/clock', body);
        assert.equal(answer.status, 400, name);
        assert.equal(answer.body.error, 'invalid_request', name);
      }
      assert.equal(emulator.clock.nowMs(), Date.parse(clock));
    });
  });

  test('lose the answer of a ticket that was made', async () => {
    await during({ clock }, async (emulator) => {
      const fault = { path: '/tickets', when: 'after-commit', do: 'drop', times: 1 };
      const added = await admin(emulator, 'POST', '/dev/faults', fault);
      assert.deepEqual(added, { status: 201, body: { faults: [fault] } });
      await assert.rejects(call(emulator, '/tickets'), TypeError);
      const grants = await admin(emulator, 'GET', '/grants');
      assert.equal((grants.body.rows as unknown[]).length, 1);
      assert.deepEqual((await admin(emulator, 'GET', '/dev/faults')).body, { faults: [] });
    });
  });

  test('refuse a request before anything is made of it', async () => {
    await during({ clock }, async (emulator) => {
      await admin(emulator, 'POST', '/dev/faults', {
        path: '/tickets',
        when: 'before',
        do: 'status',
        status: 503,
        times: 1,
      });
      const refused = await call(emulator, '/tickets');
      assert.equal(refused.status, 503);
      assert.equal(JSON.parse(refused.body).errorCode, 'ServerBusy');
      const grants = await admin(emulator, 'GET', '/grants');
      assert.deepEqual(grants.body.rows, []);
      assert.equal((await call(emulator, '/tickets')).status, 200);
    });
  });

  test('forget faults, and refuse one for a path that no dialect serves', async () => {
    await during({ clock }, async (emulator) => {
      const fault = { path: '/tickets', when: 'before', do: 'drop', times: 5 };
      await admin(emulator, 'POST', '/dev/faults', fault);
      assert.deepEqual(await admin(emulator, 'DELETE', '/dev/faults'), { status: 200, body: { faults: [] } });
      const lost = await admin(emulator, 'POST', '/dev/faults', { ...fault, path: '/ticket' });
      assert.equal(lost.status, 400);
      assert.match(String(lost.body.message), /\/tickets, \/token\/refresh/);
    });
  });

  test('show what arrived without what it was worth', async () => {
    await during({ clock }, async (emulator) => {
      const ticket = JSON.parse((await call(emulator, '/tickets')).body).ticket as string;
      await call(emulator, '/token/refresh', { ticket });
      const { clientId, clientSecret } = emulator.description.oauth.resourceServer;
      await fetch(`${emulator.url}/oauth2/introspect`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
        body: new URLSearchParams({ token: ticket }),
      });
      const { body } = await admin(emulator, 'GET', '/dev/requests');
      const requests = body.requests as Array<{
        at: string;
        path: string;
        query: string;
        body: string;
        status: number;
      }>;
      assert.deepEqual(
        requests.map(({ at, path, query, body: sent, status }) => ({ at, path, query, sent, status })),
        [
          { at: clock, path: '/tickets', query: '', sent: '', status: 200 },
          { at: clock, path: '/token/refresh', query: 'ticket=eyJ0eX…', sent: '', status: 200 },
          { at: clock, path: '/oauth2/introspect', query: '', sent: 'token=eyJ0eX…', status: 200 },
        ],
      );
      const text = JSON.stringify(requests);
      for (const secret of [ticket, clientSecret, btoa(`${clientId}:${clientSecret}`)])
        assert.ok(!text.includes(secret));
      assert.deepEqual((await admin(emulator, 'DELETE', '/dev/requests')).body, { requests: [] });
    });
  });

  test('are closed to everybody without the admin token', async () => {
    await during({ clock }, async (emulator) => {
      for (const path of ['/dev/clock', '/dev/faults', '/dev/requests']) {
        assert.equal((await fetch(`${emulator.url}/admin/v1${path}`)).status, 401, path);
      }
    });
  });
});

suite('callers may sign by their own clock', () => {
  test('while the emulator’s stands elsewhere', async () => {
    await during({ clock }, async (emulator) => {
      const answer = await call(emulator, '/tickets', {}, Date.now());
      assert.equal(answer.status, 200);
      assert.equal(JSON.parse(Buffer.from(answer.body.split('.')[1] ?? '', 'base64url').toString()).iat, 1_730_257_365);
    });
  });

  test('and by the emulator’s, but by no third one', async () => {
    await during({ clock }, async (emulator) => {
      const now = emulator.clock.nowMs();
      const quarter = 15 * 60 * 1000;
      assert.equal((await call(emulator, '/tickets', {}, now - quarter + 559)).status, 200);
      assert.equal((await call(emulator, '/tickets', {}, now - quarter - 1000)).status, 400);
    });
  });
});
