import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import {
  accessKeyId,
  accessKeySecret,
  clock,
  host,
  recordedRequest,
  securityToken,
} from '../../../../wire/src/sls/golden/recorded.ts';
import { wire } from '../../core/context.sample.ts';
import { type SlsClient, slsClient } from './client.ts';
import type { SlsConnection } from './settings.ts';
import { signatureV1, signatureV4 } from './signature.ts';

/** What the vendor's HTTP client adds and every other has in its own way. */
const ofTheTransport = ['host', 'user-agent', 'connection', 'content-length'];

const ticket = new URL(recordedRequest('C').target, 'http://test').searchParams.get('ticket') ?? '';
const both = { accessTokenExpirationTime: 600, expirationTime: 86_400 };
const withBoth = (client: SlsClient) => client.createTicket(both);
const refresh = (client: SlsClient) => client.refreshToken({ ticket, accessTokenExpirationTime: 600 });

const v1 = { signature: signatureV1 };
const v4 = { region: 'cn-shanghai' };
const singapore = { signature: signatureV4, region: 'ap-southeast-1' };

const cases: ReadonlyArray<readonly [id: string, Partial<SlsConnection>, (client: SlsClient) => Promise<unknown>]> = [
  ['A', v1, withBoth],
  ['A0', v1, (client) => client.createTicket()],
  ['B', { ...v1, securityToken }, withBoth],
  ['C', v1, refresh],
  ['D', v4, withBoth],
  ['E', v4, (client) => client.createTicket({})],
  ['G', singapore, refresh],
  ['H', { ...v4, securityToken }, withBoth],
];

suite('requests to SLS', () => {
  for (const [id, options, call] of cases) {
    const recorded = recordedRequest(id);
    test(`${id}, ${recorded.scheme}, ${recorded.rule}: what the official SDK sends at that instant`, async () => {
      const { fetch, sent, clock: manual } = wire([{ status: 503 }], Date.parse(clock));
      const endpoint = `http://${host}`;
      const client = slsClient({ accessKeyId, accessKeySecret, endpoint, fetch, clock: manual, ...options });
      await assert.rejects(call(client));
      const [request] = sent;
      assert.equal(request?.method, recorded.method);
      assert.equal(request?.url, endpoint + recorded.target);
      const theirs = Object.entries(recorded.headers).filter(([name]) => !ofTheTransport.includes(name));
      assert.deepEqual(request?.headers, Object.fromEntries(theirs));
      assert.equal(request?.body, recorded.body);
    });
  }
});
