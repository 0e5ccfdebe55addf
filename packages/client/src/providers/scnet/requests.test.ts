import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { suite, test } from 'node:test';
import { host, recordedRequest, secretKey } from '../../../../wire/src/scnet/golden/recorded.ts';
import { type SentRequest, wire } from '../../core/context.sample.ts';
import { type ScnetClient, scnetClient } from './client.ts';

/** Of curl itself. */
const ofTheTransport = ['host', 'user-agent', 'accept'];
const bases = { acBase: `http://${host}`, apiBase: `http://${host}` };

/** What was sent by `call`, at the instant of the recorded signatures. */
async function sentBy(login: object, call: (client: ScnetClient) => Promise<unknown>): Promise<SentRequest> {
  const { fetch, sent, clock } = wire([{ status: 503 }], 1_764_597_591_000);
  // Each case has the login of one kind, which the compiler cannot follow.
  await assert.rejects(call(scnetClient({ ...login, ...bases, fetch, clock } as never)));
  const [request] = sent;
  assert.ok(request);
  return request;
}

suite('requests to SCNet', () => {
  const token = recordedRequest('curl-renew').values.token ?? '';
  const password = recordedRequest('curl-password').values;
  const keysOf = (id: string) => {
    const { user, accessKey } = recordedRequest(id).values;
    return { user, accessKey, secretKey };
  };
  const cases: ReadonlyArray<readonly [string, object, (client: ScnetClient) => Promise<unknown>]> = [
    ['curl-password', password, (client) => client.login()],
    ['curl-accesskey', keysOf('curl-accesskey'), (client) => client.login()],
    ['curl-accesskey-chinese', keysOf('curl-accesskey-chinese'), (client) => client.login()],
    ['curl-accesskey-quotes', keysOf('curl-accesskey-quotes'), (client) => client.login()],
    ['curl-renew', password, (client) => client.renew(token)],
    ['curl-state', password, (client) => client.state(token)],
    ['curl-center', password, (client) => client.center(token)],
    ['curl-user', password, (client) => client.user(token)],
  ];

  for (const [id, login, call] of cases) {
    const recorded = recordedRequest(id);
    test(`${id}, ${recorded.rule}: the recorded headers, and no others`, async () => {
      const request = await sentBy(login, call);
      assert.equal(request.method, recorded.method);
      assert.equal(request.url, `http://${host}${recorded.path}`);
      assert.equal(request.body, '');
      const theirs = Object.entries(recorded.headers).filter(([name]) => !ofTheTransport.includes(name));
      assert.deepEqual(request.headers, Object.fromEntries(theirs));
    });
  }

  test('the AK/SK login and the other calls go to the two hosts of production', async () => {
    const { fetch, sent, clock } = wire([{ status: 503 }, { status: 503 }]);
    const client = scnetClient({ user: 'bob', accessKey: 'ak', secretKey: 'sk', fetch, clock });
    await assert.rejects(client.login());
    await assert.rejects(client.renew('token'));
    assert.deepEqual(
      sent.map(({ url }) => url),
      ['https://api.scnet.cn/api/user/v3/tokens', 'https://www.scnet.cn/ac/openapi/v2/tokens/next'],
    );
  });

  test("a name beyond ASCII leaves the platform's own fetch as its UTF-8 bytes", async (t) => {
    const server = createServer((request, response) => {
      const bytes = Buffer.from(String(request.headers.user), 'latin1');
      const data = [{ clusterName: bytes.toString('utf8'), clusterId: '0', token: 't' }];
      response.end(JSON.stringify({ code: '0', msg: 'success', data }));
    }).listen(0, '127.0.0.1');
    t.after(() => server.close());
    await once(server, 'listening');
    const address = server.address();
    assert.ok(typeof address === 'object' && address);
    const base = `http://127.0.0.1:${address.port}`;
    const client = scnetClient({ user: '张三', accessKey: 'ak', secretKey: 'sk', acBase: base, apiBase: base });
    assert.equal((await client.login())[0]?.clusterName, '张三');
  });
});
