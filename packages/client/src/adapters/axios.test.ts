import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import axiosPackage from 'axios';
import { fails, refusedWith, type WorldOptions, world } from '../core/source.sample.ts';
import { type AttachOptions, AuthReplayError, attachAxios } from './axios.ts';

// As docs/client/adapters.md tells users of TypeScript.
declare module 'axios' {
  interface AxiosRequestConfig {
    skipAuth?: boolean;
  }
}

const servers: Server[] = [];
after(() => {
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

const bearer = (number: number): string => `Bearer access-token-number-${number}`;
const statusOf = (error: unknown): unknown =>
  error instanceof Error && 'response' in error ? (error.response as { readonly status: number }).status : error;

/** An API that takes one token, with axios before it. */
async function api(good: string, options: WorldOptions & Partial<AttachOptions> = {}) {
  const seen: string[] = [];
  const server = createServer(async (request, response) => {
    const { authorization = 'none' } = request.headers;
    seen.push([request.method, request.url, authorization, await text(request)].join(' ').trim());
    response.writeHead(authorization === good ? 200 : 401).end('{"code":"AccessTokenInvalid"}');
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const origin = `http://127.0.0.1:${address.port}`;
  const open = world(options);
  const axios = axiosPackage.create({ baseURL: origin });
  const detach = attachAxios(axios, open.source, { clock: open.clock, origins: [origin], ...options });
  return { ...open, calls: open.server.calls, seen, origin, axios, detach };
}

test('a refused token is replaced, and the request sent again once, with the body as it was', async () => {
  const { axios, seen, calls } = await api(bearer(2));
  const answer = await axios.request({ method: 'POST', url: '/a', data: { text: '"1"' } });
  assert.equal(answer.status, 200);
  const body = '{"text":"\\"1\\""}';
  assert.deepEqual(seen, [`POST /a ${bearer(1)} ${body}`, `POST /a ${bearer(2)} ${body}`]);
  assert.deepEqual(calls, ['acquire', 'refresh']);
});

test('each body that axios can send twice is the same the second time', async () => {
  const form = new FormData();
  form.set('name', 'text');
  for (const data of ['text', new TextEncoder().encode('text'), new URLSearchParams({ name: 'text' }), form]) {
    const { axios, seen } = await api(bearer(2));
    assert.equal((await axios.post('/a', data)).status, 200);
    assert.equal(seen.length, 2);
    assert.ok(seen.every((request) => request.includes('text')));
  }
});

test('a transformation of the body is made once', async () => {
  const { axios, seen } = await api(bearer(2));
  const transformRequest = [(data: unknown): unknown => `<${data}>`];
  await axios.request({ method: 'POST', url: '/a', data: 'b', transformRequest });
  assert.deepEqual(seen, [`POST /a ${bearer(1)} <b>`, `POST /a ${bearer(2)} <b>`]);
});

test('a request is sent twice at most, however long its answers take', async () => {
  const { axios, clock, seen, source, origin, detach } = await api('nothing');
  detach();
  axios.interceptors.response.use(
    (answer) => answer,
    async (error) => {
      await clock.advance(60_000);
      throw error;
    },
  );
  attachAxios(axios, source, { clock, origins: [origin] });
  assert.equal(await axios.request({ url: '/a' }).catch(statusOf), 401);
  assert.equal(seen.length, 2);
});

test('through the fetch of the platform it is the same', async () => {
  const { axios, seen } = await api(bearer(2));
  axios.defaults.adapter = 'fetch';
  assert.equal((await axios.post('/a', { text: '1' })).status, 200);
  assert.equal(await axios.post('/a', new Blob(['streamed']).stream()).then(({ status }) => status), 200);
  assert.equal(seen.length, 3);
});

test('any number of requests at once cause one refresh, and each gets its answer', async () => {
  const { axios, calls } = await api(bearer(2));
  const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => axios.request({ url: `/${number}` })));
  assert.ok(answers.every(({ status }) => status === 200));
  assert.deepEqual(calls, ['acquire', 'refresh']);
});

test('where the refresh fails, each request at once gets its own refusal, and none hangs', async () => {
  const { axios, server, source } = await api('nothing', { policy: { retries: 0 } });
  await source.getToken();
  server.faults = [fails('server_error', { status: 503 })];
  const requests = Array.from({ length: 30 }, (_, number) => axios.request({ url: `/${number}` }).catch(statusOf));
  assert.deepEqual(new Set(await Promise.all(requests)), new Set([401]));
});

test('a place that refuses each token causes one refresh', async () => {
  const { axios, seen, calls } = await api('nothing');
  for (let count = 0; count < 5; count += 1) {
    assert.equal(await axios.request({ url: '/a' }).catch(statusOf), 401);
  }
  assert.deepEqual(calls, ['acquire', 'refresh']);
  assert.equal(seen.length, 6);
});

test('without a token the request is not sent', async () => {
  const { axios, server, seen } = await api('nothing', { policy: { retries: 0 } });
  server.faults = [fails('invalid_client')];
  await assert.rejects(axios.request({ url: '/a' }), refusedWith('invalid_client'));
  assert.deepEqual(seen, []);
});

test('skipAuth, a header of its own and another origin leave a request as it is', async () => {
  const { axios, seen, calls } = await api(bearer(1), { origins: ['https://other.example'] });
  const listed = await api(bearer(1));
  await axios.request({ url: '/a' }).catch(statusOf);
  await listed.axios.request({ url: '/b', skipAuth: true }).catch(statusOf);
  await listed.axios.request({ url: '/c', headers: { Authorization: 'Basic own' } }).catch(statusOf);
  assert.deepEqual(seen, ['GET /a none']);
  assert.deepEqual(listed.seen, ['GET /b none', 'GET /c Basic own']);
  assert.deepEqual([...calls, ...listed.calls], []);
});

test('a refusal that validateStatus lets through is one all the same', async () => {
  const { axios } = await api(bearer(2));
  assert.equal((await axios.request({ url: '/a', validateStatus: () => true })).status, 200);
});

test('what a refusal is can be said by whoever knows the vendor', async () => {
  const authFailure = (_: unknown, data: unknown): boolean => JSON.stringify(data).includes('TokenExpired');
  const { axios, calls } = await api(bearer(2), { authFailure });
  assert.equal(await axios.request({ url: '/a' }).catch(statusOf), 401);
  assert.deepEqual(calls, ['acquire']);
});

test('a stream is not sent again, and its error carries the refusal', async () => {
  const { axios } = await api(bearer(2));
  const error: unknown = await axios.post('/a', Readable.from(['streamed'])).catch((thrown) => thrown);
  assert.ok(error instanceof AuthReplayError);
  assert.equal(statusOf(error), 401);
});

test("the caller's signal ends the wait for a token", async () => {
  const { axios } = await api(bearer(1));
  await assert.rejects(axios.request({ url: '/a', signal: AbortSignal.abort() }), refusedWith('aborted'));
});

test('once it is taken out, requests go as they are', async () => {
  const { axios, detach, seen } = await api(bearer(1));
  detach();
  await axios.request({ url: '/a' }).catch(statusOf);
  assert.deepEqual(seen, ['GET /a none']);
});

test('the token goes by the words of the caller', async () => {
  const { axios, seen } = await api('token access-token-number-1', { value: ({ token }) => `token ${token}` });
  await axios.request({ url: '/a' });
  assert.deepEqual(seen, ['GET /a token access-token-number-1']);
});

test('an answer of which another interceptor made something else is passed on', async () => {
  const { axios, source, origin, detach } = await api(bearer(2));
  detach();
  // As programs do, against the types.
  axios.interceptors.response.use((answer) => answer.data as typeof answer);
  attachAxios(axios, source, { origins: [origin] });
  assert.deepEqual(await axios.request({ url: '/a' }), { code: 'AccessTokenInvalid' });
});

test('an origin that is no address is refused at once', async () => {
  const { source } = world();
  const attach = (): unknown => attachAxios(axiosPackage.create(), source, { origins: ['api.example.com'] });
  assert.throws(attach, refusedWith('config'));
});

test('nothing that an error prints of the request holds the token, but its header', async () => {
  const { axios } = await api('nothing');
  const error: unknown = await axios.request({ url: '/a' }).catch((thrown) => thrown);
  assert.ok(error instanceof Error && 'config' in error);
  const { headers: _, ...rest } = error.config as Record<string, unknown>;
  assert.ok(!JSON.stringify(rest).includes('access-token'));
});
