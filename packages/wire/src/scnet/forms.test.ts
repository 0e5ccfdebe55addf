import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type HeaderName, headerNames, operations } from './facts.ts';
import {
  isEmptyBody,
  type ReceivedHeaders,
  readAccessKeyLogin,
  readPasswordLogin,
  readTokenHeader,
  requests,
  type ScnetRequest,
} from './forms.ts';
import { type RecordedRequest, recordedRequest, recordedRequests } from './golden/recorded.ts';
import { sign } from './signature.ts';

const lower = (headers: ReceivedHeaders): ReceivedHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function build({ operation, values }: RecordedRequest): ScnetRequest {
  const { user = '', password = '', orgId = '', accessKey = '', signature = '', timestamp = '', token = '' } = values;
  switch (operation) {
    case 'passwordLogin':
      return requests.passwordLogin({ user, password, orgId });
    case 'accessKeyLogin':
      return requests.accessKeyLogin({ user, accessKey, signature, timestamp });
    case 'renew':
    case 'state':
    case 'center':
    case 'user':
      return requests[operation](token);
  }
}

function read({ operation, headers }: RecordedRequest): unknown {
  switch (operation) {
    case 'passwordLogin':
      return readPasswordLogin(headers);
    case 'accessKeyLogin':
      return readAccessKeyLogin(headers);
    case 'renew':
    case 'state':
    case 'center':
    case 'user':
      return readTokenHeader(headers);
  }
}

function meant({ operation, values }: RecordedRequest): unknown {
  switch (operation) {
    case 'passwordLogin':
      return values;
    case 'accessKeyLogin':
      return { ...values, unixSeconds: Number(values.timestamp) };
    case 'renew':
    case 'state':
    case 'center':
    case 'user':
      return values.token;
  }
}

suite('requests of clients', () => {
  for (const recorded of recordedRequests) {
    test(`${recorded.id}: ${recorded.rule}: read`, () => {
      assert.deepEqual(read(recorded), { ok: true, value: meant(recorded) });
      assert.ok(isEmptyBody(recorded.body));
    });

    test(`${recorded.id}: built with the same method, path and values`, () => {
      const { method, path, headers } = build(recorded);
      assert.equal(method, recorded.method);
      assert.equal(path, recorded.path);
      for (const name of Object.keys(recorded.values)) {
        assert.equal(lower(headers)[name.toLowerCase()], recorded.headers[name.toLowerCase()], name);
      }
    });
  }

  test('every operation was recorded with three clients', () => {
    for (const operation of Object.keys(operations)) {
      const clients = recordedRequests.filter((one) => one.operation === operation).map(({ id }) => id.split('-')[0]);
      assert.deepEqual([...new Set(clients)].sort(), ['curl', 'okhttp', 'python'], operation);
    }
  });

  for (const id of ['curl-password', 'curl-accesskey', 'curl-renew', 'curl-state', 'curl-center', 'curl-user']) {
    test(`${id}: built with the headers of the documented sample, and no others`, () => {
      const ofCurl = ['host', 'user-agent', 'accept'];
      const sent = Object.entries(recordedRequest(id).headers).filter(([name]) => !ofCurl.includes(name));
      assert.deepEqual(lower(build(recordedRequest(id)).headers), Object.fromEntries(sent));
    });
  }

  test('a value that no header carries is refused before it is sent', () => {
    assert.throws(() => requests.renew(''), RangeError);
    assert.throws(() => requests.renew('a\r\nHost: b'), RangeError);
    assert.throws(() => requests.passwordLogin({ user: 'a', password: ' b', orgId: 'c' }), /header password/);
  });
});

suite('reading headers', () => {
  const signature = 'ab'.repeat(32);
  const login = { user: 'bob', accessKey: 'ak', signature, timestamp: '1764597591' };
  const password = { user: 'bob', password: 'p', orgId: 'o' };
  const without = (headers: ReceivedHeaders, name: string): ReceivedHeaders => ({ ...headers, [name]: undefined });

  test('names may be in any case', () => {
    const cases = [(name: string) => name, (name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()];
    for (const inCase of cases) {
      const rename = (headers: ReceivedHeaders): ReceivedHeaders =>
        Object.fromEntries(Object.entries(headers).map(([name, value]) => [inCase(name), value]));
      assert.deepEqual(readPasswordLogin(rename(password)), { ok: true, value: password });
      assert.deepEqual(readAccessKeyLogin(rename(login)), { ok: true, value: { ...login, unixSeconds: 1764597591 } });
      assert.deepEqual(readTokenHeader(rename({ token: 't' })), { ok: true, value: 't' });
    }
  });

  test('one that is absent or empty is 10003, and the first of them is told', () => {
    const check = (result: unknown, header: HeaderName) =>
      assert.deepEqual(result, { ok: false, code: '10003', header });
    for (const name of ['user', 'password', 'orgId'] as const) {
      check(readPasswordLogin(without(password, name)), name);
      check(readPasswordLogin({ ...password, [name]: '' }), name);
    }
    for (const name of ['user', 'accessKey', 'signature', 'timestamp'] as const) {
      check(readAccessKeyLogin(without(login, name)), name);
      check(readAccessKeyLogin({ ...login, [name]: '' }), name);
    }
    check(readTokenHeader({}), 'token');
    check(readTokenHeader({ token: '' }), 'token');
    check(readTokenHeader({ authorization: 'Bearer t' }), 'token');
    check(readPasswordLogin({}), 'user');
  });

  test('incomplete comes before invalid', () => {
    const wrong = { ...login, signature: 'x', timestamp: undefined };
    assert.deepEqual(readAccessKeyLogin(wrong), { ok: false, code: '10003', header: 'timestamp' });
  });

  test('a signature or a timestamp of another form is 10004', () => {
    for (const [header, value] of [
      ['signature', 'b86b8b86c98ce...'],
      ['signature', signature.slice(1)],
      ['timestamp', '1764597591000'],
      ['timestamp', 'now'],
    ] as const) {
      assert.deepEqual(readAccessKeyLogin({ ...login, [header]: value }), { ok: false, code: '10004', header });
    }
  });

  test('one name in two spellings is 10004, even with the same value', () => {
    assert.deepEqual(readTokenHeader({ token: 'a', Token: 'b' }), { ok: false, code: '10004', header: 'token' });
    assert.deepEqual(readTokenHeader({ token: 'a', TOKEN: 'a' }), { ok: false, code: '10004', header: 'token' });
    assert.deepEqual(readTokenHeader({ token: 'a', TOKEN: undefined }), { ok: true, value: 'a' });
  });

  test('names and passwords are decoded, a token is left as it came', () => {
    const bytes = '\xe5\xbc\xa0';
    assert.deepEqual(readPasswordLogin({ user: bytes, password: bytes, orgid: bytes }), {
      ok: true,
      value: { user: '张', password: '张', orgId: '张' },
    });
    assert.deepEqual(readTokenHeader({ token: bytes }), { ok: true, value: bytes });
  });

  test('nothing that is received makes a reader throw', () => {
    const names = Object.values(headerNames);
    const name = fc.constantFrom(...names, ...names.map((one) => one.toUpperCase()), '__proto__');
    fc.assert(
      fc.property(fc.dictionary(name, fc.string({ unit: 'binary' })), (headers) => {
        for (const reader of [readPasswordLogin, readAccessKeyLogin, readTokenHeader]) {
          const result = reader(headers);
          assert.ok(result.ok || ['10003', '10004'].includes(result.code));
        }
      }),
    );
  });
});

suite('through fetch and a server of Node', () => {
  for (const name of ['bob', '张三', 'a"b\\c', '名"字\\', 'café', 'cafà', '\u{20000}', 'a b', '100%']) {
    test(`${name}: what is built is what is read, and the signature holds`, async (t) => {
      const server = createServer((request, response) => {
        const headers = Object.fromEntries(Object.entries(request.headers).map(([key, value]) => [key, String(value)]));
        const isSigned = request.url === operations.accessKeyLogin.path;
        response.end(JSON.stringify(isSigned ? readAccessKeyLogin(headers) : readPasswordLogin(headers)));
      });
      t.after(() => server.close());
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      assert.ok(typeof address === 'object' && address !== null);
      const send = async ({ method, path, headers }: ScnetRequest): Promise<unknown> =>
        (await fetch(`http://127.0.0.1:${address.port}${path}`, { method, headers })).json();

      const password = { user: name, password: name, orgId: 'o' };
      assert.deepEqual(await send(requests.passwordLogin(password)), { ok: true, value: password });

      const login = { user: name, accessKey: 'ak', timestamp: '1764597591' };
      const hmac = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('hex');
      const signature = sign('sk', login, hmac);
      assert.deepEqual(await send(requests.accessKeyLogin({ ...login, signature })), {
        ok: true,
        value: { ...login, signature, unixSeconds: 1764597591 },
      });
    });
  }
});

suite('bodies', () => {
  for (const body of ['', '{}', ' {} ', '{ }', '\r\n{\r\n}\r\n', ' ']) {
    test(`${JSON.stringify(body)} says nothing`, () => assert.ok(isEmptyBody(body)));
  }
  for (const body of ['{"user":"bob"}', '[]', 'null', '""', '{', '{}{}', 'user=bob', '{},']) {
    test(`${JSON.stringify(body)} says something`, () => assert.ok(!isEmptyBody(body)));
  }
});
