/** What no honest client sends: each gets a stated 4xx, never a 5xx, never a hang, and the server goes on. */

import assert from 'node:assert/strict';
import { createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { rawExchange } from '../harness/exchange.ts';
import { claimsOf, errorOf, openSls, type SlsBench } from '../harness/sls.ts';

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const invalid = { errorCode: 'Unauthorized', errorMessage: 'The ticket you provided is invalid.' };

const forgeries: ReadonlyArray<
  readonly [what: string, forge: (ticket: string, sls: SlsBench) => string | Promise<string>]
> = [
  ['an empty third part', (ticket) => `${ticket.split('.').slice(0, 2).join('.')}.`],
  ['two parts', (ticket) => ticket.split('.').slice(0, 2).join('.')],
  ['four parts', (ticket) => `${ticket}.AAAA`],
  ['a signature without its last character', (ticket) => ticket.slice(0, -1)],
  [
    'a signature with one bit changed',
    (ticket) => ticket.replace(/.{2}$/, (end) => (end.startsWith('A') ? `B${end[1]}` : `A${end[1]}`)),
  ],
  [
    'a longer life under the old signature',
    (ticket) => {
      const [header, , signature] = ticket.split('.');
      return [header, encode({ ...claimsOf(ticket), exp: 4_102_415_999 }), signature].join('.');
    },
  ],
  ['alg none', (ticket) => `${encode({ typ: 'JWT', alg: 'none' })}.${ticket.split('.')[1]}.`],
  [
    'alg HS512',
    (ticket) => {
      const body = `${encode({ typ: 'JWT', alg: 'HS512' })}.${ticket.split('.')[1]}`;
      return `${body}.${createHmac('sha512', 'any').update(body).digest('base64url')}`;
    },
  ],
  [
    'alg RS256 with a key of one’s own',
    (ticket) => {
      const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const body = `${encode({ typ: 'JWT', alg: 'RS256' })}.${ticket.split('.')[1]}`;
      return `${body}.${signBytes('sha256', Buffer.from(body), privateKey).toString('base64url')}`;
    },
  ],
  [
    'another HS256 key',
    (ticket) => {
      const body = ticket.split('.').slice(0, 2).join('.');
      return `${body}.${createHmac('sha256', 'another').update(body).digest('base64url')}`;
    },
  ],
  [
    'an access token in place of a ticket',
    async (ticket, sls) => {
      const answer = await sls.call('/token/refresh', { ticket });
      return (JSON.parse(answer.body) as { accessToken: string }).accessToken;
    },
  ],
  ['text that is no JWT', () => 'hello'],
  ['a ticket of 10,000 characters', () => `${'a'.repeat(5000)}.${'b'.repeat(4955)}.${'c'.repeat(43)}`],
  ['null bytes', () => '\0\0.\0.\0'],
];

describe('a ticket that is none', () => {
  for (const [what, forge] of forgeries) {
    it(`is refused: ${what}`, async () => {
      await using sls = await openSls();
      const forged = await forge(await sls.createTicket(), sls);
      const answer = await sls.call('/token/refresh', { ticket: forged });
      assert.equal(answer.status, 401);
      assert.deepEqual(errorOf(answer), invalid);
    });
  }
});

describe('a request that is none', () => {
  const raw: ReadonlyArray<readonly [what: string, status: number, bytes: (sls: SlsBench) => string]> = [
    [
      'headers above the limit',
      431,
      () => `POST /tickets HTTP/1.1\r\nhost: h\r\nx-long: ${'x'.repeat(20_000)}\r\n\r\n`,
    ],
    [
      'a request line above the limit',
      431,
      () => `POST /tickets?ticket=${'x'.repeat(20_000)} HTTP/1.1\r\nhost: h\r\n\r\n`,
    ],
    ['bytes that are no HTTP', 400, () => 'hello\r\n\r\n'],
    [
      'two different content lengths',
      400,
      () => 'POST /tickets HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab',
    ],
    [
      'a content length and chunks',
      400,
      () => 'POST /tickets HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    ['a path that is not well encoded', 400, () => 'POST /%zz HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n'],
    [
      'an unknown path, for nobody in particular',
      404,
      () => 'GET /wp-login.php HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n',
    ],
    [
      'a signed header given twice',
      400,
      (sls) => {
        const signed = sls.sign('/tickets', {}, { headers: { connection: 'close' } });
        const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
        return `POST /tickets HTTP/1.1\r\n${lines.join('')}x-log-apiversion: 0.6.0\r\ncontent-length: 0\r\n\r\n`;
      },
    ],
  ];
  for (const [what, status, bytes] of raw) {
    it(`gets ${status} with a request id: ${what}`, async () => {
      await using sls = await openSls();
      const text = await rawExchange(sls.url, bytes(sls));
      assert.match(text, new RegExp(`^HTTP/1\\.1 ${status} `));
      assert.match(text, /x-log-requestid: [0-9A-F]{24}\r\n/i);
      assert.match(text, /"errorCode":"\w+","errorMessage":"[^"]+"/);
      assert.equal((await sls.call('/tickets')).status, 200, 'the server goes on');
    });
  }
});

describe('a ticket of somebody else', () => {
  it('is refused for a caller of another account', async () => {
    await using sls = await openSls();
    await using other = await openSls();
    const answer = await sls.call('/token/refresh', { ticket: await other.createTicket() });
    assert.deepEqual(errorOf(answer), invalid);
  });
});
