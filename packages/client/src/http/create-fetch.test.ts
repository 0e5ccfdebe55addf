import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { after, test } from 'node:test';
import { fails, refusedWith, world } from '../core/source.sample.ts';
import { AuthReplayError } from './auth-replay-error.ts';
import { createFetch } from './create-fetch.ts';

interface Seen {
  readonly own: string | undefined;
  readonly path: string;
  readonly method: string;
  readonly token: string;
  readonly body: string;
}

const servers: Server[] = [];
after(() => {
  for (const server of servers) server.close();
});

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of request) text += part;
  return text;
};

/** An API that answers by what `answer` says, and remembers what it saw. */
async function api(
  answer: (seen: Seen) => number | { readonly to: string; readonly status: number },
  headerName = 'authorization',
) {
  const seen: Seen[] = [];
  const listener: RequestListener = async (request, response) => {
    const token = String(request.headers[headerName] ?? 'none');
    const own = request.headers.authorization;
    const one = { own, path: request.url ?? '', method: request.method ?? '', token, body: await textOf(request) };
    seen.push(one);
    const verdict = answer(one);
    if (typeof verdict === 'number') response.writeHead(verdict).end('{"code":"AccessTokenInvalid"}');
    else response.writeHead(verdict.status, { location: verdict.to }).end();
  };
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return { seen, origin: `http://127.0.0.1:${address.port}` };
}

const bearer = (number: number): string => `Bearer access-token-number-${number}`;
const accepts =
  (number: number) =>
  ({ token }: Seen) =>
    token === bearer(number) ? 200 : 401;

test('the token goes to listed origins, and to no other', async () => {
  const { source } = world();
  const listed = await api(() => 200);
  const other = await api(() => 200);
  const send = createFetch(source, { origins: [listed.origin] });
  await send(`${listed.origin}/a?b=1`);
  await send(new URL(`${listed.origin}/c`), { headers: [['x-y', 'z']] });
  await send(new Request(`${listed.origin}/d`, { method: 'PUT', body: 'e' }));
  await send(`${other.origin}/a`);
  assert.deepEqual(
    listed.seen.map(({ path, method, token, body }) => [path, method, token, body]),
    [
      ['/a?b=1', 'GET', bearer(1), ''],
      ['/c', 'GET', bearer(1), ''],
      ['/d', 'PUT', bearer(1), 'e'],
    ],
  );
  assert.equal(other.seen[0]?.token, 'none');
});

test('a request that has the header already is left as it is', async () => {
  const { source, server } = world();
  const { seen, origin } = await api(() => 401);
  const answer = await createFetch(source, { origins: [origin] })(origin, { headers: { Authorization: 'Basic own' } });
  assert.equal(answer.status, 401);
  assert.deepEqual(
    seen.map(({ token }) => token),
    ['Basic own'],
  );
  assert.deepEqual(server.calls, []);
});

test('a refused token is replaced, and the request sent again once, with the same body', async () => {
  const { source, server } = world();
  const { seen, origin } = await api(accepts(2));
  const send = createFetch(source, { origins: [origin] });
  const form = new FormData();
  form.set('name', 'text');
  const bodies = [
    'text',
    new TextEncoder().encode('text'),
    new Blob(['text']),
    new URLSearchParams({ name: 'text' }),
    form,
  ];
  for (const body of bodies) {
    assert.equal((await send(origin, { method: 'POST', body })).status, 200);
  }
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  assert.equal(seen.length, bodies.length + 1);
  assert.ok(seen.every(({ body }) => body.includes('text')));
});

test('a token that another request has replaced already is not refreshed again', async () => {
  const { source, server } = world();
  const { origin } = await api(accepts(2));
  const send = createFetch(source, { origins: [origin] });
  const answers = await Promise.all(Array.from({ length: 20 }, () => send(origin)));
  assert.ok(answers.every(({ status }) => status === 200));
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
});

test('an API that refuses every token, at however many places, gets one other token, and causes no storm', async () => {
  const { source, server } = world();
  let isDown = true;
  const { seen, origin } = await api(() => (isDown ? 401 : 200));
  const send = createFetch(source, { origins: [origin] });
  for (let call = 0; call < 20; call += 1) assert.equal((await send(`${origin}/${call}`)).status, 401);
  assert.equal(seen.length, 21);
  assert.equal(server.calls.length, 2);
  // When it takes the token again, a refusal is worth another one again.
  isDown = false;
  assert.equal((await send(`${origin}/up`)).status, 200);
  isDown = true;
  await send(`${origin}/down`);
  assert.equal(server.calls.length, 3);
});

test('a place that refuses every token gets one other token, and causes no storm', async () => {
  const { source, server } = world();
  const { seen, origin } = await api(({ path }) => (path === '/forbidden' ? 401 : 200));
  const send = createFetch(source, { origins: [origin] });
  for (let count = 0; count < 5; count += 1) {
    assert.equal((await send(`${origin}/forbidden`)).status, 401);
    assert.equal((await send(`${origin}/open`)).status, 200);
  }
  assert.deepEqual(server.calls, ['acquire', 'refresh']);
  assert.equal(seen.filter(({ path }) => path === '/forbidden').length, 6);
});

test('a stream is not sent again, and its error carries the refusal; a function that makes one is called again', async () => {
  const { source } = world();
  const { seen, origin } = await api(accepts(2));
  const send = createFetch(source, { origins: [origin] });
  const stream = (): ReadableStream => new Blob(['streamed']).stream();
  const error: unknown = await send(origin, { method: 'POST', body: stream(), duplex: 'half' }).catch(
    (thrown) => thrown,
  );
  assert.ok(error instanceof AuthReplayError);
  assert.ok(error.response instanceof Response);
  assert.equal(error.response.status, 401);
  assert.deepEqual(Object.keys(error), ['name']);
  source.invalidate(await source.getToken(), 'test');
  const third = await api(accepts(4));
  const sendThird = createFetch(source, { origins: [third.origin] });
  // A body as a function is an offer of ours, beyond what the platform's types know.
  const init = { method: 'POST', body: stream as unknown as ReadableStream, duplex: 'half' as const };
  assert.equal((await sendThird(third.origin, init)).status, 200);
  assert.deepEqual(
    third.seen.map(({ body }) => body),
    ['streamed', 'streamed'],
  );
  assert.equal(seen.length, 1);
});

test('where no other token can be had, the refusal is the answer', async () => {
  const { source, server } = world({ policy: { retries: 0 } });
  const { origin } = await api(() => 401);
  await source.getToken();
  server.faults = [fails('server_error', { status: 503 })];
  assert.equal((await createFetch(source, { origins: [origin] })(origin)).status, 401);
});

test('what a refusal is can be said by whoever knows the vendor', async () => {
  const { source, server } = world();
  const { origin } = await api(({ token }) => (token === bearer(2) ? 200 : 403));
  const authFailure = (answer: { readonly status: number }, body: unknown): boolean =>
    answer.status === 403 &&
    typeof body === 'object' &&
    body !== null &&
    'code' in body &&
    body.code === 'AccessTokenInvalid';
  assert.equal((await createFetch(source, { origins: [origin], authFailure })(origin)).status, 200);
  assert.equal(server.calls.length, 2);
});

/** Refuses with status 200, as SCNet does; `filler` makes the answer longer. */
async function politeApi(contentType: string, filler = '') {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const { token } = request.headers;
    seen.push(String(token));
    const code = token === 'access-token-number-2' ? '0' : '10008';
    response.writeHead(200, { 'content-type': contentType });
    response.write('{"code":');
    response.end(`"${code}","data":"${filler}"}`);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return { seen, origin: `http://127.0.0.1:${address.port}` };
}

const polite = {
  header: { name: 'token', value: ({ token }: { readonly token: string }) => token },
  authFailure: (_answer: unknown, body: unknown): boolean => JSON.stringify(body)?.includes('10008') === true,
};

test('a refusal of status 200 is one for vendors who refuse so, where they say it in JSON', async () => {
  for (const [contentType, refusalsIn, sent] of [
    ['application/json; charset=utf-8', 'json', 2],
    ['application/problem+json', 'json', 2],
    ['application/octet-stream', 'json', 1],
    ['application/jsonl', 'json', 1],
    ['application/json', 'errors', 1],
    ['application/json', undefined, 1],
  ] as const) {
    const { source } = world();
    const { seen, origin } = await politeApi(contentType);
    const answer = await createFetch(source, { ...polite, origins: [origin], refusalsIn })(origin);
    assert.equal(seen.length, sent);
    assert.equal(JSON.parse(await answer.text()).code, sent === 2 ? '0' : '10008');
  }
});

test('an answer that is too long for a refusal is none, and comes whole', async () => {
  const frame = '{"code":"10008","data":""}'.length;
  for (const [fillerBytes, sent] of [
    [999, 2],
    [1000, 2],
    [1001, 1],
    [500_000, 1],
  ] as const) {
    const { source } = world();
    const { seen, origin } = await politeApi('application/json', 'x'.repeat(fillerBytes));
    const options = { ...polite, origins: [origin], refusalsIn: 'json', refusalLimitBytes: 1000 + frame } as const;
    const answer = await createFetch(source, options)(origin);
    assert.equal(seen.length, sent);
    assert.equal(JSON.parse(await answer.text()).data.length, fillerBytes);
  }
});

test('a redirect to another origin does not take the token along, in whichever header it is', async () => {
  const { source, server } = world();
  for (const name of ['authorization', 'x-pds-token']) {
    const elsewhere = await api(() => 401, name);
    const first = await api(
      ({ path }) => (path === '/here' ? 200 : { to: path === '/a' ? `${elsewhere.origin}/b` : '/here', status: 302 }),
      name,
    );
    const header = { name, value: ({ token }: { readonly token: string }) => token };
    const send = createFetch(source, { origins: [first.origin], header });
    const own = name === 'authorization' ? {} : { headers: { authorization: 'Basic own' } };
    assert.equal((await send(`${first.origin}/a`, own)).status, 401);
    assert.deepEqual([elsewhere.seen[0]?.token, elsewhere.seen[0]?.own], ['none', undefined]);
    assert.equal((await send(`${first.origin}/to-here`, { method: 'POST', body: 'x' })).status, 200);
    const last = first.seen.at(-1);
    assert.deepEqual(
      [last?.path, last?.method, last?.token, last?.body],
      ['/here', 'GET', 'access-token-number-1', ''],
    );
  }
  assert.deepEqual(server.calls, ['acquire']);
});

test('a redirect that keeps the method keeps the body, and a circle of redirects has an end', async () => {
  const { source } = world();
  const name = 'x-token';
  const header = { name, value: ({ token }: { readonly token: string }) => token };
  const { seen, origin } = await api(
    ({ path }) => (path === '/end' ? 200 : { to: path === '/a' ? '/end' : path, status: 307 }),
    name,
  );
  const send = createFetch(source, { origins: [origin], header });
  await send(`${origin}/a`, { method: 'POST', body: 'kept' });
  assert.deepEqual([seen.at(-1)?.method, seen.at(-1)?.body], ['POST', 'kept']);
  await assert.rejects(send(`${origin}/circle`), refusedWith('config'));
});

test("the caller's signal ends the wait for a token", async () => {
  const { source } = world();
  const { origin } = await api(() => 200);
  const send = createFetch(source, { origins: [origin] });
  await assert.rejects(send(origin, { signal: AbortSignal.abort() }), refusedWith('aborted'));
});

test('an origin that is no URL is refused when the fetch is made', () => {
  assert.throws(() => createFetch(world().source, { origins: ['api.example.com'] }), refusedWith('config'));
});
