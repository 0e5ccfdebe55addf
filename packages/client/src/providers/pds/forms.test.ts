import assert from 'node:assert/strict';
import { generateKeyPairSync, verify } from 'node:crypto';
import { suite, test } from 'node:test';
import golden from '../../../../wire/src/pds/golden/assertions.json' with { type: 'json' };
import {
  host,
  type RecordedRequest,
  recordedRequest,
  recordedRequests,
} from '../../../../wire/src/pds/golden/recorded.ts';
import { type SentRequest, wire } from '../../core/context.sample.ts';
import { type PdsClient, pdsClient } from './client.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

/** What was sent by `call`, at the instant of the recording. */
async function sentBy(call: (client: PdsClient) => Promise<unknown>): Promise<SentRequest> {
  const { fetch, sent, clock } = wire([{ status: 503 }], golden.clockMs);
  await assert.rejects(call(pdsClient({ endpoint: `http://${host}`, fetch, clock })));
  const [request] = sent;
  assert.ok(request);
  return request;
}

function assertSame(request: SentRequest, recorded: RecordedRequest, body = request.body): void {
  assert.equal(request.url, `http://${host}${recorded.path}`);
  assert.equal(request.method, 'POST');
  assert.equal(body, recorded.body);
  assert.equal(request.headers['content-type'], recorded.headers['content-type']);
  // The SDK names itself in a header of its own, and no client sends an Authorization.
  assert.deepEqual(Object.keys(request.headers).sort(), ['accept', 'content-type']);
}

/** The recorded parameters, as the caller of the SDK's method gave them. */
function callOf({ sdkMethod, params = {} }: RecordedRequest): (client: PdsClient) => Promise<unknown> {
  const { client_id = '', redirect_uri = '', code = '', refresh_token = '', client_secret, code_verifier } = params;
  const secret = client_secret === undefined ? {} : { client_secret };
  switch (sdkMethod) {
    case 'getTokenByCode':
      return (client) => client.getTokenByCode({ client_id, ...secret, redirect_uri, code, code_verifier });
    case 'refreshToken':
      return (client) => client.refreshToken({ client_id, ...secret, redirect_uri, refresh_token });
    case 'refreshJwtToken':
      return (client) => client.refreshJwtToken({ client_id, refresh_token });
    default:
      throw new RangeError(`no call for ${sdkMethod}`);
  }
}

suite('requests to PDS', () => {
  const plain = recordedRequests.filter(({ params }) => params !== undefined && !('assertion' in params));
  for (const recorded of plain) {
    test(`${recorded.id}, ${recorded.sdkMethod}, ${recorded.rule}: the recorded bytes`, async () => {
      assertSame(await sentBy(callOf(recorded)), recorded);
    });
  }

  test('every recorded form without an assertion is among them', () => {
    assert.deepEqual(
      plain.map(({ id }) => id),
      ['code', 'code-native', 'code-verifier', 'code-encoding', 'refresh', 'refresh-native', 'account'],
    );
  });

  for (const recorded of golden.assertions) {
    const { id, method, keyFormat, params } = recorded;
    const { client_id, domain_id, user_id = '', auto_create } = { auto_create: undefined, ...params };
    if (id === 'user-ec' || id === 'user-without-id') continue;

    test(`${id}, ${recorded.rule}: the recorded bytes, but for what chance and the key make`, async () => {
      const subdomain_id = id === 'user-options' ? recordedRequest(id).params?.subdomain_id : undefined;
      const application = {
        client_id,
        domain_id,
        private_key_pem: keyFormat === 'PKCS#1' ? pkcs1 : pkcs8,
        subdomain_id,
      };
      const request = await sentBy((client) =>
        method === 'getServiceJwtToken'
          ? client.getServiceJwtToken(application)
          : client.getUserJwtToken({ ...application, user_id, auto_create }),
      );
      const assertion = new URLSearchParams(request.body).get('assertion') ?? '';
      const [header = '', payload = '', signature = ''] = assertion.split('.');
      const text = (part: string): string => Buffer.from(part, 'base64url').toString();
      assert.equal(text(header), recorded.header);
      const { jti } = JSON.parse(text(payload));
      // Documented are 16 to 128 characters; the SDK sends fewer.
      assert.match(jti, /^[0-9a-f]{32}$/);
      assert.equal(text(payload).replace(jti, golden.jti), recorded.payload);
      assert.ok(
        verify('RSA-SHA256', Buffer.from(`${header}.${payload}`), publicKey, Buffer.from(signature, 'base64url')),
      );
      assertSame(request, recordedRequest(id), request.body.replace(assertion, recorded.assertion));
    });
  }

  test('an empty subdomain is left out, and the service account may have one', async () => {
    const application = { client_id: 'a', domain_id: 'bj29', private_key_pem: pkcs8 };
    const empty = await sentBy((client) => client.getServiceJwtToken({ ...application, subdomain_id: '' }));
    assert.ok(!empty.body.includes('subdomain_id'));
    const named = await sentBy((client) => client.getServiceJwtToken({ ...application, subdomain_id: 's1' }));
    assert.match(named.body, /&subdomain_id=s1$/);
  });

  test('no two assertions are the same', async () => {
    const call = (client: PdsClient) =>
      client.getServiceJwtToken({ client_id: 'a', domain_id: 'bj29', private_key_pem: pkcs8 });
    assert.notEqual((await sentBy(call)).body, (await sentBy(call)).body);
  });
});
