import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { suite, type TestContext, test } from 'node:test';
import { signSls } from './sign-sls.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from './start.ts';

const clock = '2024-10-30T03:02:45.559Z';

async function started(t: TestContext, options: EmulatorOptions = { clock }): Promise<Emulator> {
  const emulator = await startEmulator(options);
  t.after(emulator.stop);
  return emulator;
}

async function createTicket(emulator: Emulator) {
  const { sls } = emulator.description;
  const asked = { path: '/tickets', query: {}, host: sls.endpoint, atMs: emulator.clock.nowMs() };
  const { method, target, headers } = signSls(sls, asked);
  const answer = await fetch(emulator.url + target, { method, headers });
  return { status: answer.status, requestId: answer.headers.get('x-log-requestid'), body: await answer.text() };
}

async function admin({ url, description }: Emulator, method: string, path: string, body?: object) {
  const headers = { authorization: `Bearer ${description.admin.token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/admin/v1${path}`, { method, headers, body: body ? JSON.stringify(body) : null });
  // Every answer of the admin API is an object.
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

const resets: Readonly<Record<string, (emulator: Emulator) => Promise<unknown>>> = {
  'emulator.reset()': (emulator) => emulator.reset(),
  'POST /admin/v1/dev/reset': async (emulator) => {
    const { status, body } = await admin(emulator, 'POST', '/dev/reset');
    assert.equal(status, 200);
    assert.deepEqual(body, emulator.description);
  },
};

for (const [name, reset] of Object.entries(resets)) {
  suite(name, () => {
    test('forgets what was made, disabled, ordered, sent, and where the clock was', async (t) => {
      const emulator = await started(t);
      const before = emulator.description;
      await createTicket(emulator);
      const key = emulator.description.sls.accessKeyId;
      assert.equal((await admin(emulator, 'PATCH', `/accesskeys/${key}`, { status: 'disabled' })).status, 200);
      emulator.faults.add({ path: '/tickets', when: 'before', do: 'drop', times: 5 });
      emulator.clock.advance(86_400);
      await reset(emulator);
      assert.deepEqual(emulator.description, before);
      assert.deepEqual(emulator.faults.list(), []);
      assert.deepEqual(emulator.requests.list(), []);
      assert.equal(emulator.clock.nowMs(), Date.parse(clock));
      assert.deepEqual((await admin(emulator, 'GET', '/grants')).body.rows, []);
      assert.equal((await createTicket(emulator)).status, 200);
      assert.equal(emulator.requests.list().length, 1);
    });

    test('answers the same again, byte by byte, where a seed was chosen and the clock stands', async (t) => {
      const emulator = await started(t, { clock, seed: 'tally' });
      const run = async () => {
        const answers = [await createTicket(emulator), await createTicket(emulator)];
        const audit = await admin(emulator, 'GET', '/audit');
        return { answers, audit };
      };
      const first = await run();
      for (let round = 0; round < 2; round++) {
        await reset(emulator);
        assert.deepEqual(await run(), first);
      }
      const another = await started(t, { clock, seed: 'tally' });
      assert.deepEqual((await createTicket(another)).body, first.answers[0]?.body);
    });

    test('keeps the keys', async (t) => {
      const emulator = await started(t);
      const jwks = async () => (await fetch(`${emulator.url}/.well-known/jwks.json`)).json();
      const before = await jwks();
      await reset(emulator);
      assert.deepEqual(await jwks(), before);
    });
  });
}

suite('a reset', () => {
  test('keeps URL, port and open connections', async (t) => {
    const emulator = await started(t);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    const ask = async () => {
      const asked = request(`${emulator.url}/healthz`, { agent }).end();
      const response = await new Promise<import('node:http').IncomingMessage>((resolve, reject) =>
        asked.once('response', resolve).once('error', reject),
      );
      return { port: response.socket.localPort, body: await text(response) };
    };
    const { url } = emulator;
    const before = await ask();
    for (let round = 0; round < 3; round++) await emulator.reset();
    assert.deepEqual(await ask(), before);
    assert.equal(emulator.url, url);
  });

  test('lets requests under way end first, and those that come meanwhile wait', async (t) => {
    const emulator = await started(t);
    emulator.faults.add({ path: '/tickets', when: 'after-commit', do: 'delay', delayMs: 60_000 });
    const under = createTicket(emulator);
    while (emulator.faults.list().length > 0) await new Promise((resolve) => setImmediate(resolve));
    const resetting = emulator.reset();
    const meanwhile = createTicket(emulator);
    assert.equal((await under).status, 200);
    await resetting;
    assert.equal((await meanwhile).status, 200);
    const grants = await admin(emulator, 'GET', '/grants');
    assert.equal((grants.body.rows as unknown[]).length, 1);
  });

  test('beside others is one of them', async (t) => {
    const emulator = await started(t);
    await Promise.all([emulator.reset(), admin(emulator, 'POST', '/dev/reset'), emulator.reset()]);
    assert.equal((await createTicket(emulator)).status, 200);
  });

  test('renews temporary credentials that have less than half an hour left, each time the same', async (t) => {
    const startMs = Date.parse(clock);
    const minuteMs = 60_000;
    t.mock.timers.enable({ apis: ['Date'], now: startMs });
    const emulator = await started(t, { seed: 'tally' });
    const before = emulator.description.sls.temporary;
    t.mock.timers.setTime(startMs + 30 * minuteMs);
    await emulator.reset();
    assert.deepEqual(emulator.description.sls.temporary, before);
    t.mock.timers.setTime(startMs + 30 * minuteMs + 1);
    await emulator.reset();
    const renewed = emulator.description.sls.temporary;
    assert.notEqual(renewed.accessKeyId, before.accessKeyId);
    assert.equal(renewed.expiresAt, new Date(startMs + 90 * minuteMs + 1).toISOString());
    await emulator.reset();
    assert.deepEqual(emulator.description.sls.temporary, renewed);
  });

  test('starts a running clock with the system’s again', async (t) => {
    const emulator = await started(t, {});
    emulator.clock.set(0);
    await emulator.reset();
    assert.equal(emulator.clock.frozen, false);
    assert.ok(Math.abs(emulator.clock.nowMs() - Date.now()) < 60_000);
  });

  test('after the stop is refused, and a stop during one ends as any other', async (t) => {
    const emulator = await started(t);
    const resetting = emulator.reset();
    await emulator.stop();
    await resetting.catch(() => undefined);
    await assert.rejects(emulator.reset(), /is stopped/);
    assert.equal(existsSync(emulator.description.dataDir), false);
  });

  test('is for nobody without the admin token', async (t) => {
    const emulator = await started(t);
    await createTicket(emulator);
    assert.equal((await fetch(`${emulator.url}/admin/v1/dev/reset`, { method: 'POST' })).status, 401);
    assert.equal(((await admin(emulator, 'GET', '/grants')).body.rows as unknown[]).length, 1);
  });
});

suite('a kept folder', () => {
  test('goes back to the state of its seed, whatever earlier starts left in it', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const options = { data: folder, seed: 'tally', clock };
    const first = await startEmulator(options);
    const made = await createTicket(first);
    const { description } = first;
    const keys = await (await fetch(`${first.url}/.well-known/jwks.json`)).json();
    await first.stop();
    const second = await started(t, options);
    assert.notEqual((await createTicket(second)).body, made.body);
    for (let round = 0; round < 2; round++) {
      await second.reset();
      assert.equal((await createTicket(second)).body, made.body);
      assert.deepEqual(await (await fetch(`${second.url}/.well-known/jwks.json`)).json(), keys);
      assert.equal(((await admin(second, 'GET', '/grants')).body.rows as unknown[]).length, 1);
      assert.deepEqual(second.description.sls.temporary, description.sls.temporary);
    }
  });
});
