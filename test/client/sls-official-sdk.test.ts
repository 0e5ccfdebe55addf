/** The vendor's own SDK and ours before one recorder: at the same instant they send the same, signature included. */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { $OpenApiUtil } from '@alicloud/openapi-core';
import sls, * as models from '@alicloud/sls20201230';
import { type SlsClient, signatureV1, slsClient } from '../../packages/client/src/providers/sls/index.ts';
import { manualClock } from '../../packages/client/src/testing/index.ts';

/** The package is CommonJS: its default export arrives one level deeper. */
const Sdk = sls.default;

interface Recorded {
  readonly method: string | undefined;
  readonly target: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

const keys = { accessKeyId: 'testAccessKeyId', accessKeySecret: 'testAccessKeySecret' };
const ticket = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJ0eXBlIjoiZW1iZWRkZWQifQ.c2lnLV9zaWc';

/** Of the two HTTP clients: they name themselves, and say what they can read. */
const ofTheTransport = ['user-agent', 'accept-encoding', 'accept-language', 'sec-fetch-mode', 'connection'];

const calls: ReadonlyArray<
  readonly [
    name: string,
    theirs: (sdk: InstanceType<typeof Sdk>) => Promise<unknown>,
    ours: (client: SlsClient) => Promise<unknown>,
  ]
> = [
  [
    'CreateTicket without parameters',
    (sdk) => sdk.createTicket(new models.CreateTicketRequest({})),
    (client) => client.createTicket(),
  ],
  [
    'CreateTicket with both lifetimes',
    (sdk) => sdk.createTicket(new models.CreateTicketRequest({ expirationTime: 1200, accessTokenExpirationTime: 600 })),
    (client) => client.createTicket({ expirationTime: 1200, accessTokenExpirationTime: 600 }),
  ],
  [
    'RefreshToken',
    (sdk) => sdk.refreshToken(new models.RefreshTokenRequest({ ticket, accessTokenExpirationTime: 300 })),
    (client) => client.refreshToken({ ticket, accessTokenExpirationTime: 300 }),
  ],
];

const schemes = [
  { name: 'v1', signature: 'v1', region: 'cn-shanghai' },
  { name: 'v4 in Shanghai', signature: 'v4', region: 'cn-shanghai' },
  { name: 'v4 in Singapore', signature: 'v4', region: 'ap-southeast-1' },
] as const;

const atMs = ({ date = '', 'x-log-date': logDate }: IncomingHttpHeaders): number => {
  const [, day, time] = /^(\d{8})T(\d{6})Z$/.exec(String(logDate)) ?? [];
  if (day === undefined || time === undefined) return Date.parse(date);
  return Date.parse(`${day.replace(/(..)(..)$/, '-$1-$2')}T${time.replace(/(..)(..)(..)/, '$1:$2:$3')}Z`);
};

describe('SLS: the official SDK and ours', () => {
  let recorder: Server;
  let host = '';
  const recorded: Recorded[] = [];

  before(async () => {
    recorder = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => {
        body += chunk;
      });
      request.on('end', () => {
        const headers = { ...request.headers };
        for (const name of ofTheTransport) delete headers[name];
        recorded.push({ method: request.method, target: request.url, headers, body });
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ ticket: 'a.b.c', accessToken: 'a.b.c' }));
      });
    }).listen(0, '127.0.0.1');
    await once(recorder, 'listening');
    const address = recorder.address();
    assert.ok(typeof address === 'object' && address);
    host = `127.0.0.1:${address.port}`;
  });
  after(() => {
    recorder.closeAllConnections();
    recorder.close();
  });

  for (const { name: scheme, signature, region } of schemes) {
    for (const securityToken of [undefined, 'testSecurityToken']) {
      for (const [name, theirs, ours] of calls) {
        const credentials = securityToken ? 'with a security token' : 'without one';
        it(`${name}, ${scheme}, ${credentials}: one request, twice`, async () => {
          recorded.length = 0;
          const version = signature === 'v4' ? { signatureVersion: 'v4', regionId: region } : {};
          const temporary = securityToken === undefined ? {} : { securityToken };
          const config = { ...keys, ...temporary, ...version, endpoint: host, protocol: 'http' };
          await theirs(new Sdk(new $OpenApiUtil.Config(config)));
          const [first] = recorded;
          assert.ok(first);
          assert.ok(first.headers.authorization?.startsWith(signature === 'v4' ? 'SLS4-HMAC-SHA256 ' : 'LOG '));

          const clock = manualClock(atMs(first.headers));
          const way = signature === 'v1' ? { signature: signatureV1 } : {};
          await ours(slsClient({ ...keys, ...temporary, ...way, endpoint: `http://${host}`, region, clock }));
          assert.deepEqual(recorded[1], first);
        });
      }
    }
  }
});
