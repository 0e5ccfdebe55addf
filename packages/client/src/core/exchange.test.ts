import assert from 'node:assert/strict';
import { createServer, type RequestListener, type Server } from 'node:http';
import { after, test } from 'node:test';
import { systemClock } from './clock.ts';
import { exchange, refusal } from './exchange.ts';
import type { ProviderContext } from './provider.ts';
import { refusedWith } from './source.sample.ts';

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
});

async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return `http://127.0.0.1:${address.port}/`;
}

const context = (more: Partial<ProviderContext> = {}): ProviderContext => ({
  fetch,
  signal: new AbortController().signal,
  clock: systemClock(),
  idempotencyKey: 'key',
  attempt: 1,
  log: () => {},
  ...more,
});

test('an answer has its status, headers and JSON, and the clock learns from its date', async () => {
  const date = new Date(Date.now() - 3_600_000).toUTCString();
  const url = await answering((_, response) =>
    response.writeHead(400, { date, 'x-id': '1' }).end('{"error":"invalid_grant"}'),
  );
  const asking = context();
  const answer = await exchange(asking, { url, method: 'POST', body: 'a=b' });
  assert.deepEqual([answer.status, answer.headers.get('x-id'), answer.json], [400, '1', { error: 'invalid_grant' }]);
  assert.ok(Math.abs(asking.clock.offsetMs() + 3_600_000) < 5_000);
});

test('a body that is no JSON is text', async () => {
  const url = await answering((_, response) => response.end('<html>'));
  const { text, json } = await exchange(context(), { url });
  assert.deepEqual([text, json], ['<html>', undefined]);
});

test('a redirect is not followed: it would carry secrets away', async () => {
  const url = await answering((_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end());
  const answer = await exchange(context(), { url, method: 'POST', body: 'secret' });
  assert.equal(answer.status, 307);
  assert.equal(refusal(answer, context()).code, 'malformed_response');
});

test('where no connection was made, nothing can have taken effect; where one broke, it may have', async () => {
  const closed = await answering(() => {});
  await new Promise((resolve) => servers.pop()?.close(resolve));
  await assert.rejects(exchange(context(), { url: closed }), (error) => {
    assert.ok(refusedWith('network')(error));
    assert.deepEqual(facts(error), { uncertain: false, retryable: true });
    return true;
  });
  const url = await answering((request) => request.socket.destroy());
  await assert.rejects(exchange(context(), { url }), (error) => {
    assert.ok(refusedWith('network')(error));
    assert.deepEqual(facts(error), { uncertain: true, retryable: true });
    return true;
  });
});

test('an answer that does not come in time may have taken effect', async () => {
  const deadline = new AbortController();
  const url = await answering(() => deadline.abort());
  await assert.rejects(exchange(context({ signal: deadline.signal }), { url }), { code: 'timeout', uncertain: true });
});

test('an answer that is too long is refused, whether it says so or not', async () => {
  const long = 'x'.repeat(1024 * 1024 + 1);
  for (const headers of [{ 'content-length': long.length }, {}]) {
    const url = await answering((_, response) => response.writeHead(200, headers).end(long));
    await assert.rejects(exchange(context(), { url }), refusedWith('malformed_response'));
  }
});

test('a refusal says by its status what it is worth, and by its code what the provider knows', () => {
  const answer = (status: number, retryAfter?: string) => ({
    status,
    headers: { get: (name: string) => (name === 'retry-after' ? (retryAfter ?? null) : null) },
    text: '',
    json: undefined,
  });
  const told = (status: number) => {
    const { code, retryable, uncertain } = refusal(answer(status), context());
    return [code, retryable, uncertain];
  };
  assert.deepEqual(told(429), ['rate_limited', true, false]);
  for (const status of [408, 425]) assert.deepEqual(told(status), ['server_error', true, false]);
  for (const status of [500, 502, 503, 504]) assert.deepEqual(told(status), ['server_error', true, true]);
  assert.deepEqual(told(400), ['config', false, false]);
  assert.equal(refusal(answer(429, '7'), context()).retryAfterMs, 7_000);
  const known = refusal(answer(400), context(), { code: 'invalid_grant', vendorCode: 'InvalidParameter.RefreshToken' });
  assert.deepEqual([known.reauthRequired, known.vendorCode], [true, 'InvalidParameter.RefreshToken']);
});

test('a code of the vendor that could be anything is not shown', () => {
  const answer = { status: 400, headers: { get: () => null }, text: '', json: undefined };
  for (const vendorCode of ['eyJhbGciOi is no code', 'x'.repeat(65), 5, { token: 't' }]) {
    const error = refusal(answer, context(), { vendorCode });
    assert.deepEqual([error.vendorCode, error.message], [undefined, 'the server refused with 400']);
  }
});

const facts = (error: unknown): object => {
  assert.ok(typeof error === 'object' && error && 'uncertain' in error && 'retryable' in error);
  const { uncertain, retryable } = error;
  return { uncertain, retryable };
};

test('a connection that was never made is certain to have spent nothing, in the words of each platform', async () => {
  const failing = (error: Error) => context({ fetch: () => Promise.reject(error) });
  const deno = (step: string) =>
    new TypeError('fetch failed', {
      cause: new Error(`error sending request for url (http://a/): client error (${step})`),
    });
  const node = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
  for (const [error, uncertain] of [
    [node('ECONNREFUSED'), false],
    [node('ECONNRESET'), true],
    [Object.assign(new TypeError('Unable to connect'), { code: 'ECONNREFUSED' }), false],
    [deno('Connect'), false],
    [deno('SendRequest'), true],
    [new TypeError('Failed to fetch'), true],
  ] as const) {
    await assert.rejects(exchange(failing(error), { url: 'http://a/' }), { code: 'network', uncertain });
  }
});

test('neither cookies nor passwords of a page are sent along, unless a provider asks for them', async () => {
  const sent: unknown[] = [];
  const noting = context({
    fetch: async (_url, init) => {
      sent.push(init?.credentials);
      return new Response();
    },
  });
  await exchange(noting, { url: 'http://a/' });
  await exchange(noting, { url: 'http://a/', credentials: 'same-origin' });
  assert.deepEqual(sent, ['omit', 'same-origin']);
});
