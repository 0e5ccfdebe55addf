import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { describe, it, type TestContext } from 'node:test';
import { run } from './run.sample.ts';

/** A server that answers as the test says, and keeps what it was asked. */
async function answering(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const asked: { url: string | undefined; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    asked.push({ url: request.url, authorization: request.headers.authorization });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { asked, url: `http://127.0.0.1:${port}`, port };
}

const list = ['tenant', 'list', '--json'];

describe('a command that reaches a server', () => {
  for (const suffix of ['', '/', '/admin/v1', '/admin/v1/']) {
    it(`finds the admin API behind ${JSON.stringify(suffix)}`, async (t) => {
      const { url, asked } = await answering(t, (_request, response) => response.end('{"rows":[],"next":null}'));
      const { exitCode, stdout } = await run([...list, '--url', url + suffix, '--token', 'token']);
      assert.deepEqual([exitCode, stdout], [0, '{"rows":[],"next":null}\n']);
      assert.deepEqual(asked, [{ url: '/admin/v1/tenants?limit=100', authorization: 'Bearer token' }]);
    });
  }

  it('passes on what a newer server says', async (t) => {
    const body = '{"rows":[{"id":"a","color":"red"}],"next":null,"total":1}';
    const { url } = await answering(t, (_request, response) => response.end(body));
    assert.equal((await run([...list, '--url', url, '--token', 'token'])).stdout, `${body}\n`);
    const { stdout } = await run(['tenant', 'list', '--url', url, '--token', 'token']);
    assert.match(stdout, /^a {3}- {5}- {7}-$/m);
  });

  it('never carries the token to where it is sent on', async (t) => {
    const other = await answering(t, (_request, response) => response.end('{}'));
    const { url } = await answering(t, (_request, response) =>
      response.writeHead(307, { location: `${other.url}/admin/v1/tenants` }).end(),
    );
    assert.equal((await run([...list, '--url', url, '--token', 'token'])).exitCode, 4);
    assert.deepEqual(other.asked, []);
  });

  for (const [what, status, body, exitCode, error] of [
    ['a page of a proxy', 502, '<html>', 4, 'http_502'],
    [
      'a server that is busy',
      503,
      '{"error":"temporarily_unavailable","message":"later"}',
      5,
      'temporarily_unavailable',
    ],
    ['a mistake of the server', 500, '{"error":"internal","message":"a mistake"}', 6, 'internal'],
    ['success that is not JSON', 200, 'OK', 6, 'unexpected_answer'],
  ] as const) {
    it(`ends with ${exitCode} for ${what}`, async (t) => {
      const { url } = await answering(t, (_request, response) => response.writeHead(status).end(body));
      const ran = await run([...list, '--url', url, '--token', 'token']);
      assert.equal(ran.exitCode, exitCode);
      assert.equal(JSON.parse(ran.stderr).error, error);
    });
  }

  it('ends with 4 where the connection breaks', async (t) => {
    const { url } = await answering(t, (request) => request.socket.destroy());
    assert.equal((await run([...list, '--url', url, '--token', 'token'])).exitCode, 4);
  });

  it('prefers what the command line names to what the environment names', async (t) => {
    const { url, asked } = await answering(t, (_request, response) => response.end('{"rows":[],"next":null}'));
    const env = { HUFU_ADMIN_URL: 'http://127.0.0.1:9', HUFU_ADMIN_TOKEN: 'other' };
    assert.equal((await run([...list, '--url', url, '--token', 'token'], { env })).exitCode, 0);
    assert.equal(asked[0]?.authorization, 'Bearer token');
  });

  it('warns where the token could be read on the way', async (t) => {
    const { url, port } = await answering(t, (_request, response) => response.end('{"rows":[],"next":null}'));
    const warning = async (given: string) => (await run([...list, '--url', given, '--token', 'token'])).stderr;
    assert.equal(await warning(url), '');
    assert.match(
      await warning(`http://0.0.0.0:${port}`),
      /^warning: the admin token goes to 0\.0\.0\.0:\d+ without TLS\n/,
    );
  });
});
