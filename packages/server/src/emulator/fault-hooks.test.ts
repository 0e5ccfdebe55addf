import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import fastify from 'fastify';
import type { WireAnswer } from '../dialects/dialect.ts';
import { createRegistry } from '../dialects/registry.ts';
import { createSlsDialect } from '../dialects/sls/index.ts';
import { send } from '../http/send.ts';
import { hookFaults } from './fault-hooks.ts';
import { createFaultOrders, type FaultOrders } from './faults.ts';
import { hearRoutes, type ServedRoutes } from './served-routes.ts';

const nowMs = Date.UTC(2024, 9, 30, 3, 2, 45);
const answer: WireAnswer = { status: 200, headers: ['content-type', 'text/plain'], body: 'the true answer' };

/** An app that answers in each of the ways in which routes do, and counts what it decided. */
async function served(t: TestContext): Promise<{ url: string; faults: FaultOrders; decided: string[] }> {
  const app = fastify();
  let routes: ServedRoutes = [];
  const faults = createFaultOrders(() => routes);
  routes = hearRoutes(app);
  hookFaults(app, { orders: faults, registry: createRegistry([createSlsDialect()]), clock: { nowMs: () => nowMs } });
  const decided: string[] = [];
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  const past = (path: string) =>
    app.post(path, (_request, reply) => {
      decided.push(path);
      reply.hijack();
      send(reply.raw, answer, nowMs, false);
    });
  past('/tickets');
  past('/hijacked');
  app.post('/replied', async (_request, reply) => {
    decided.push('/replied');
    return reply.type('text/plain').send(answer.body);
  });
  app.post('/pieces', (_request, reply) => {
    decided.push('/pieces');
    reply.hijack();
    reply.raw.setHeader('content-type', 'text/plain');
    reply.raw.write('the true ');
    reply.raw.end('answer');
  });
  app.post('/empty', async (_request, reply) => {
    decided.push('/empty');
    return reply.code(302).header('location', '/').send();
  });
  app.post('/admin/v1/dev/clock', async () => answer.body);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  t.after(async () => {
    app.server.closeAllConnections();
    await app.close();
  });
  return { url, faults, decided };
}

const post = (url: string) => fetch(url, { method: 'POST', body: 'x', redirect: 'manual' });

/** Everything that comes over the wire until it is closed. */
async function bytes(url: string, path: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`POST ${path} HTTP/1.1\r\nhost: here\r\ncontent-length: 1\r\n\r\nx`);
  let text = '';
  socket.setEncoding('latin1').on('data', (chunk: string) => {
    text += chunk;
  });
  await once(socket, 'close');
  return text;
}

const ways = ['/tickets', '/hijacked', '/replied', '/pieces', '/empty'];

suite('without a fault', () => {
  for (const path of ways) {
    test(`${path} answers as it would`, async (t) => {
      const { url } = await served(t);
      const response = await post(url + path);
      assert.equal(response.status, path === '/empty' ? 302 : 200);
      assert.equal(await response.text(), path === '/empty' ? '' : answer.body);
    });
  }
});

for (const path of ways) {
  suite(`at ${path}`, () => {
    test('a drop before leaves nothing decided', async (t) => {
      const { url, faults, decided } = await served(t);
      faults.add({ path, when: 'before', do: 'drop' });
      assert.equal(await bytes(url, path), '');
      assert.deepEqual(decided, []);
      await post(url + path);
      assert.deepEqual(decided, [path]);
    });

    test('a drop after the commit loses the answer of what was decided', async (t) => {
      const { url, faults, decided } = await served(t);
      faults.add({ path, when: 'after-commit', do: 'drop' });
      assert.equal(await bytes(url, path), '');
      assert.deepEqual(decided, [path]);
    });

    for (const when of ['before', 'after-commit'] as const) {
      test(`a status ${when} answers in the place of the app, once`, async (t) => {
        const { url, faults, decided } = await served(t);
        faults.add({ path, when, do: 'status', status: 503, retryAfterSeconds: 7 });
        // Had the answer suffered from it, this one would have been taken as well.
        faults.add({ path, when: 'after-commit', do: 'status', status: 500 });
        const response = await post(url + path);
        assert.equal(response.status, 503);
        assert.equal(response.headers.get('retry-after'), '7');
        assert.equal(response.headers.get('date'), 'Wed, 30 Oct 2024 03:02:45 GMT');
        assert.notEqual(await response.text(), answer.body);
        assert.equal(faults.list().length, 1);
        assert.deepEqual(decided, when === 'before' ? [] : [path]);
      });

      test(`a delay ${when} goes on as if nothing had been`, async (t) => {
        const { url, faults, decided } = await served(t);
        faults.add({ path, when, do: 'delay', delayMs: 60_000 });
        const waiting = post(url + path);
        while (faults.list().length > 0) await new Promise((resolve) => setImmediate(resolve));
        assert.deepEqual(decided, when === 'before' ? [] : [path]);
        faults.release();
        const response = await waiting;
        assert.equal(await response.text(), path === '/empty' ? '' : answer.body);
      });
    }
  });
}

suite('an answer cut short', () => {
  for (const path of ['/tickets', '/hijacked', '/replied']) {
    test(`at ${path} has the true headers, the full length and half of the body`, async (t) => {
      const { url, faults, decided } = await served(t);
      faults.add({ path, when: 'after-commit', do: 'truncated' });
      const text = await bytes(url, path);
      assert.match(text, /^HTTP\/1\.1 200 OK\r\n/);
      assert.match(text, /\r\ncontent-length: 15\r\n/i);
      assert.match(text, /\r\n\r\nthe tru$/);
      assert.deepEqual(decided, [path]);
    });
  }

  test('that goes out in pieces ends in the middle of the first', async (t) => {
    const { url, faults } = await served(t);
    faults.add({ path: '/pieces', when: 'after-commit', do: 'truncated' });
    const text = await bytes(url, '/pieces');
    assert.match(text, /\r\n\r\n4\r\nthe \r\n$/);
  });

  test('of no body is not sent at all', async (t) => {
    const { url, faults, decided } = await served(t);
    faults.add({ path: '/empty', when: 'after-commit', do: 'truncated' });
    assert.equal(await bytes(url, '/empty'), '');
    assert.deepEqual(decided, ['/empty']);
  });

  test('fails a client in the middle of reading', async (t) => {
    const { url, faults } = await served(t);
    faults.add({ path: '/tickets', when: 'after-commit', do: 'truncated' });
    const response = await post(`${url}/tickets`);
    assert.equal(response.status, 200);
    await assert.rejects(response.text(), TypeError);
  });
});

suite('the emulator’s own routes', () => {
  test('meet no fault', async (t) => {
    const { url, faults } = await served(t);
    for (const when of ['before', 'after-commit'] as const) faults.add({ path: '/*', when, do: 'drop' });
    assert.equal(await (await post(`${url}/admin/v1/dev/clock`)).text(), answer.body);
    assert.equal(faults.list().length, 2);
  });
});

suite('of two requests at once', () => {
  test('one fault meets one', async (t) => {
    const { url, faults } = await served(t);
    faults.add({ path: '/tickets', when: 'after-commit', do: 'status', status: 500 });
    const statuses = await Promise.all([post(`${url}/tickets`), post(`${url}/tickets`)]);
    assert.deepEqual(statuses.map(({ status }) => status).sort(), [200, 500]);
  });
});
