import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fastify, { type FastifyInstance } from 'fastify';
import { createRequestLedger, keptRequests, type RequestLedger } from './requests.ts';

const atMs = 1_730_257_365_559;

function watched(): { app: FastifyInstance; ledger: RequestLedger } {
  const ledger = createRequestLedger({ nowMs: () => atMs });
  const app = fastify();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  // Routes stand before the hooks, as they do where the emulator adds its ledger to a whole server.
  app.post('/tickets', async (_request, reply) => reply.code(201).send('{}'));
  app.get('/admin/v1/tenants', async () => '{}');
  app.post('/hijacked', (_request, reply) => {
    reply.hijack();
    reply.raw.writeHead(418);
    reply.raw.end();
  });
  app.post('/dropped', (_request, reply) => {
    reply.hijack();
    reply.raw.destroy();
  });
  ledger.watch(app);
  return { app, ledger };
}

suite('what arrived', () => {
  test('is kept with method, path, query, headers, body and the status of its answer', async () => {
    const { app, ledger } = watched();
    const url = '/tickets?accessTokenExpirationTime=600&ticket=0123456789abcdef';
    await app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', 'X-Acs-Security-Token': 'fedcba9876543210', host: 'here' },
      payload: '{"client_secret":"0123456789abcdef"}',
    });
    const [entry, ...more] = ledger.list();
    assert.deepEqual(more, []);
    assert.ok(entry);
    const { headers, ...rest } = entry;
    assert.deepEqual(rest, {
      atMs,
      method: 'POST',
      path: '/tickets',
      query: 'accessTokenExpirationTime=600&ticket=012345…',
      body: '{"client_secret":"012345…"}',
      status: 201,
    });
    assert.equal(headers['x-acs-security-token'], 'fedcba…');
    assert.equal(headers.host, 'here');
    await app.close();
  });

  test('is kept where nobody serves it, and where the answer went past the framework', async () => {
    const { app, ledger } = watched();
    await app.inject({ method: 'GET', url: '/nowhere' });
    await app.inject({ method: 'POST', url: '/hijacked' });
    const seen = ledger.list().map(({ method, path, status }) => ({ method, path, status }));
    assert.deepEqual(seen, [
      { method: 'GET', path: '/nowhere', status: 404 },
      { method: 'POST', path: '/hijacked', status: 418 },
    ]);
    await app.close();
  });

  test('has no status where the connection was dropped', async () => {
    const { app, ledger } = watched();
    const url = await app.listen({ port: 0, host: '127.0.0.1' });
    await assert.rejects(fetch(`${url}/dropped`, { method: 'POST' }), TypeError);
    assert.deepEqual(
      ledger.list().map(({ path, status }) => ({ path, status })),
      [{ path: '/dropped', status: undefined }],
    );
    await app.close();
  });

  test('leaves the admin API out', async () => {
    const { app, ledger } = watched();
    await app.inject({ method: 'GET', url: '/admin/v1/tenants' });
    assert.deepEqual(ledger.list(), []);
    await app.close();
  });

  test('is bounded: the oldest goes first', async () => {
    const { app, ledger } = watched();
    for (let number = 0; number <= keptRequests; number++)
      await app.inject({ method: 'POST', url: `/tickets?n=${number}` });
    const kept = ledger.list();
    assert.equal(kept.length, keptRequests);
    assert.equal(kept[0]?.query, 'n=1');
    assert.equal(kept.at(-1)?.query, `n=${keptRequests}`);
    await app.close();
  });

  test('is forgotten when it is cleared', async () => {
    const { app, ledger } = watched();
    await app.inject({ method: 'POST', url: '/tickets' });
    ledger.clear();
    assert.deepEqual(ledger.list(), []);
    await app.inject({ method: 'POST', url: '/tickets?again' });
    assert.deepEqual(
      ledger.list().map(({ query }) => query),
      ['again'],
    );
    await app.close();
  });

  test('keeps of a long body its beginning', async () => {
    const { app, ledger } = watched();
    const payload = JSON.stringify({ text: 'x'.repeat(10_000) });
    await app.inject({ method: 'POST', url: '/tickets', headers: { 'content-type': 'application/json' }, payload });
    assert.equal(ledger.list()[0]?.body, payload.slice(0, 4096));
    await app.close();
  });
});
