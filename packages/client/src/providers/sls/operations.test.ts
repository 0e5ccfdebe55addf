import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jwtOf, type Reply, type Wire, wire } from '../../core/context.sample.ts';
import { isTokenError, type TokenError } from '../../core/errors.ts';
import { type SlsClient, slsClient } from './client.ts';
import { isSlsError } from './errors.ts';

const keys = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' };

const nowMs = Date.UTC(2026, 10, 22);
const iat = nowMs / 1000;
const ticketClaims = { tokenExp: 600, type: 'embedded', exp: iat + 1200, nonce: nowMs, iat, ticketId: 'id' };
const accessClaims = { accessTokenId: 'id', type: 'embedded', exp: iat + 600, nonce: nowMs, iat };

function opened(...replies: Reply[]): Wire & { readonly client: SlsClient } {
  const open = wire(replies, nowMs);
  return { ...open, client: slsClient({ ...keys, fetch: open.fetch, clock: open.clock }) };
}

const refused = async (call: Promise<unknown>): Promise<TokenError> => {
  const error = await call.then(
    () => assert.fail('it was not refused'),
    (thrown: unknown) => thrown,
  );
  assert.ok(isTokenError(error), String(error));
  return error;
};

suite('CreateTicket', () => {
  test('gives the ticket, its end and the id of the call', async () => {
    const ticket = jwtOf(ticketClaims);
    const { client, sent } = opened({ body: { ticket }, headers: { 'x-log-requestid': '6721A1D557FE01DF450E554C' } });
    const result = await client.createTicket({ expirationTime: 1200, accessTokenExpirationTime: 600 });
    const expiresAtMs = nowMs + 1_200_000;
    assert.deepEqual(result, { ticket, expiresAtMs, requestId: '6721A1D557FE01DF450E554C' });
    const [request] = sent;
    assert.equal(
      request?.url,
      'https://cn-shanghai.log.aliyuncs.com/tickets?accessTokenExpirationTime=600&expirationTime=1200',
    );
  });

  test('takes a ticket that cannot be read', async () => {
    const { client } = opened({ body: { ticket: 'opaque' } });
    assert.deepEqual(await client.createTicket(), { ticket: 'opaque', expiresAtMs: undefined, requestId: undefined });
  });

  test('asks in Singapore', async () => {
    const { fetch, sent, clock } = wire([{ body: { ticket: 't' } }]);
    await slsClient({ ...keys, region: 'ap-southeast-1', fetch, clock }).createTicket();
    assert.equal(sent[0]?.url, 'https://ap-southeast-1.log.aliyuncs.com/tickets');
    assert.match(sent[0]?.headers.authorization ?? '', /\/ap-southeast-1\/sls\/aliyun_v4_request,/);
  });

  test('asks for the AccessKey before each request', async () => {
    const { fetch, sent, clock } = wire([{ body: { ticket: 't' } }, { body: { ticket: 't' } }]);
    let asked = 0;
    const credentials = async () => {
      asked += 1;
      return { accessKeyId: `STS.${asked}`, accessKeySecret: 's', securityToken: `token-${asked}` };
    };
    const client = slsClient({ credentials, fetch, clock });
    await client.createTicket();
    await client.createTicket();
    assert.deepEqual(
      sent.map(({ headers }) => headers['x-acs-security-token']),
      ['token-1', 'token-2'],
    );
    assert.match(sent[1]?.headers.authorization ?? '', /Credential=STS\.2\//);
  });

  for (const [rule, params, message] of [
    ['a fraction', { expirationTime: 1.5 }, /^expirationTime is no whole number of seconds$/],
    ['a negative number', { expirationTime: -1 }, /expirationTime is no whole number/],
    ['a text', { accessTokenExpirationTime: '600' }, /accessTokenExpirationTime is no whole number/],
    ['the name of the Python guide', { expiration_time: 1 }, /no expiration_time, but .*expirationTime$/],
    ['an unknown name', { expires: 1 }, /no expires, but accessTokenExpirationTime, expirationTime$/],
  ] as const) {
    test(`${rule} is refused before anything is sent`, async () => {
      const { client, sent } = opened();
      // The compiler knows better; callers without one do not.
      const error = await refused(client.createTicket(params as object));
      assert.equal(error.code, 'config');
      assert.match(error.message, message);
      assert.equal(sent.length, 0);
    });
  }

  test('0 seconds are sent: what they mean is for the server to say', async () => {
    const { client, sent } = opened({ body: { ticket: 't' } });
    await client.createTicket({ expirationTime: 0 });
    assert.match(sent[0]?.url ?? '', /\?expirationTime=0$/);
  });
});

suite('RefreshToken', () => {
  test('gives the access token and its life', async () => {
    const accessToken = jwtOf(accessClaims);
    const { client, sent } = opened({ body: { accessToken } });
    const result = await client.refreshToken({ ticket: 'a.b.c', accessTokenExpirationTime: 600 });
    const expiresAtMs = nowMs + 600_000;
    assert.deepEqual(result, { accessToken, lifetimeMs: 600_000, expiresAtMs, requestId: undefined });
    const { pathname, search } = new URL(sent[0]?.url ?? '');
    assert.equal(pathname + search, '/token/refresh?accessTokenExpirationTime=600&ticket=a.b.c');
  });

  for (const ticket of [undefined, '', 'undefined', null]) {
    test(`a ticket that is ${JSON.stringify(ticket)} is refused before anything is sent`, async () => {
      const { client, sent } = opened();
      const error = await refused(client.refreshToken({ ticket: ticket as string }));
      assert.match(error.message, /^ticket is empty, or no text/);
      assert.equal(sent.length, 0);
    });
  }
});

suite('refusals', () => {
  const refusal = (status: number, errorCode: string, headers: Record<string, string> = {}): Reply => ({
    status,
    headers,
    body: { errorCode, errorMessage: 'secret-looking text' },
  });

  for (const [status, vendorCode, code, reauthRequired] of [
    [401, 'SignatureNotMatch', 'invalid_client', true],
    [401, 'Unauthorized', 'invalid_client', true],
    [401, 'InvalidAccessKeyId', 'invalid_client', true],
    [400, 'RequestTimeExpired', 'clock_skew', false],
    [400, 'ParameterInvalid', 'config', false],
    [403, 'MetaOperationQpsLimitExceeded', 'rate_limited', false],
    [403, 'WriteQuotaExceed', 'rate_limited', false],
    [403, 'ProjectForbidden', 'config', false],
    [500, 'InternalServerError', 'server_error', false],
    [503, 'ServerBusy', 'server_error', false],
  ] as const) {
    test(`${status} ${vendorCode} at CreateTicket is ${code}`, async () => {
      const { client } = opened(refusal(status, vendorCode));
      const error = await refused(client.createTicket());
      assert.deepEqual([error.code, error.status, error.vendorCode], [code, status, vendorCode]);
      assert.equal(error.reauthRequired, reauthRequired);
      assert.ok(isSlsError(error, vendorCode));
      assert.ok(!isSlsError(error, 'NotFound'));
      assert.equal(error.message, `CreateTicket: the server refused with ${status} (${vendorCode})`);
    });
  }

  test('Unauthorized at RefreshToken may mean the ticket', async () => {
    const { client } = opened(refusal(401, 'Unauthorized'), refusal(401, 'SignatureNotMatch'));
    assert.equal((await refused(client.refreshToken({ ticket: 't' }))).code, 'invalid_grant');
    assert.equal((await refused(client.refreshToken({ ticket: 't' }))).code, 'invalid_client');
  });

  test('a page of a gateway is judged by its status', async () => {
    const { client } = opened({ status: 502, body: '<html>' }, { status: 302, headers: { location: 'http://other' } });
    assert.equal((await refused(client.createTicket())).code, 'server_error');
    assert.equal((await refused(client.createTicket())).code, 'malformed_response');
  });

  for (const body of ['', '<html>', '[]', 'null', {}, { ticket: '' }, { ticket: 5 }]) {
    test(`200 with ${JSON.stringify(body)} is no ticket`, async () => {
      const { client } = opened({ body });
      assert.equal((await refused(client.createTicket())).code, 'malformed_response');
    });
  }

  test('a clock that is an hour off is set by the first refusal, and the request signed again', async () => {
    const serverMs = nowMs + 3_600_000;
    const date = new Date(serverMs).toUTCString();
    const { client, sent } = opened(refusal(400, 'RequestTimeExpired', { date }), { body: { ticket: 't' } });
    await client.createTicket();
    assert.equal(sent[0]?.headers['x-log-date'], '20261122T000000Z');
    assert.equal(sent[1]?.headers['x-log-date'], '20261122T010000Z');
  });

  test('a time that is refused where the clocks agree is not sent again', async () => {
    const date = new Date(nowMs).toUTCString();
    const { client, sent } = opened(refusal(400, 'RequestTimeExpired', { date }));
    assert.equal((await refused(client.createTicket())).code, 'clock_skew');
    assert.equal(sent.length, 1);
  });

  test('a signature that does not match is not sent again, wherever the clock is', async () => {
    const date = new Date(nowMs + 3_600_000).toUTCString();
    const { client, sent } = opened(refusal(401, 'SignatureNotMatch', { date }));
    await refused(client.createTicket());
    assert.equal(sent.length, 1);
  });
});
