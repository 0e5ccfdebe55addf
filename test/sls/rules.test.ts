/** Lifetimes, ranges, min rules, skew and what the answers look like. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { exchange } from '../harness/exchange.ts';
import { claimsOf, errorOf, openSls, sampleInstant } from '../harness/sls.ts';

const lifeOf = (token: string): number => Number(claimsOf(token).exp) - Number(claimsOf(token).iat);
const accessTokenIn = (body: string): string => (JSON.parse(body) as { accessToken: string }).accessToken;

describe('CreateTicket', () => {
  it('answers as the vendor’s printed sample: body of 284 bytes, header set, claim order', async () => {
    await using sls = await openSls();
    const answer = await sls.call('/tickets');
    assert.equal(answer.status, 200);
    assert.equal(Buffer.byteLength(answer.body), 284);
    const { ticket } = JSON.parse(answer.body) as { ticket: string };
    assert.equal(answer.body, `{"ticket":"${ticket}"}`);
    const [header = '', payload = '', signature = ''] = ticket.split('.');
    assert.equal(Buffer.from(header, 'base64url').toString(), '{"typ":"JWT","alg":"HS256"}');
    assert.match(
      Buffer.from(payload, 'base64url').toString(),
      /^\{"tokenExp":86400,"type":"embedded","exp":1730343765,"nonce":1730257365559,"iat":1730257365,"ticketId":"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"\}$/,
    );
    assert.equal(signature.length, 43);
    assert.deepEqual(Object.keys(answer.headers).sort(), [
      'access-control-allow-origin',
      'connection',
      'content-length',
      'content-type',
      'date',
      'server',
      'vary',
      'x-log-requestid',
      'x-log-time',
    ]);
    assert.equal(answer.headers['content-type'], 'application/json');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers.date, 'Wed, 30 Oct 2024 03:02:45 GMT');
    assert.equal(answer.headers.server, 'Tengine');
    assert.equal(answer.headers.vary, 'Accept-Encoding');
    assert.equal(answer.headers['x-log-time'], '1730257365');
    assert.match(String(answer.headers['x-log-requestid']), /^6721A1D5[0-9A-F]{16}$/);
  });

  const lifetimes = [
    { asked: {}, ticket: 86_400, token: 86_400 },
    { asked: { expirationTime: '600' }, ticket: 600, token: 600 },
    { asked: { accessTokenExpirationTime: '600' }, ticket: 86_400, token: 600 },
    { asked: { expirationTime: '600', accessTokenExpirationTime: '601' }, ticket: 600, token: 600 },
    { asked: { expirationTime: '600', accessTokenExpirationTime: '599' }, ticket: 600, token: 599 },
    { asked: { expirationTime: '2592000', accessTokenExpirationTime: '86400' }, ticket: 2_592_000, token: 86_400 },
    { asked: { expirationTime: '0', accessTokenExpirationTime: '0' }, ticket: 0, token: 0 },
  ];
  for (const { asked, ticket, token } of lifetimes) {
    it(`gives min(asked, ticket): ${JSON.stringify(asked)} makes ${ticket} and ${token} seconds`, async () => {
      await using sls = await openSls();
      const made = await sls.createTicket(asked);
      assert.equal(lifeOf(made), ticket);
      assert.equal(claimsOf(made).tokenExp, token);
    });
  }

  for (const [name, value] of [
    ['expirationTime', '2592001'],
    ['accessTokenExpirationTime', '86401'],
    ['expirationTime', '-1'],
    ['expirationTime', 'abc'],
    ['expirationTime', '1.5'],
    ['expirationTime', '1e3'],
    ['expirationTime', ''],
    ['accessTokenExpirationTime', '99999999999999999999'],
  ] as const) {
    it(`refuses ${name}=${value} as ParameterInvalid`, async () => {
      await using sls = await openSls();
      const answer = await sls.call('/tickets', { [name]: value });
      assert.equal(answer.status, 400);
      assert.equal(errorOf(answer).errorCode, 'ParameterInvalid');
      assert.match(errorOf(answer).errorMessage, new RegExp(name));
    });
  }

  it('gives a token no longer than the caller’s security token has left', async () => {
    await using sls = await openSls();
    const endsAtMs = Date.parse(sls.emulator.description.sls.temporary.expiresAt);
    sls.emulator.clock.set(endsAtMs - 100_000);
    const made = await sls.createTicket({}, { as: sls.temporary });
    assert.equal(claimsOf(made).tokenExp, 100);
    assert.equal(lifeOf(made), 86_400);
  });
});

describe('RefreshToken', () => {
  it('answers as the vendor’s printed sample: body of 273 bytes, the ticket’s own id, claim order', async () => {
    await using sls = await openSls();
    const ticket = await sls.createTicket();
    const answer = await sls.call('/token/refresh', { ticket, accessTokenExpirationTime: '600' });
    assert.equal(answer.status, 200);
    assert.equal(Buffer.byteLength(answer.body), 273);
    const payload = Buffer.from(accessTokenIn(answer.body).split('.')[1] ?? '', 'base64url').toString();
    const id = String(claimsOf(ticket).ticketId);
    assert.equal(
      payload,
      `{"accessTokenId":"${id}","type":"embedded","exp":1730257965,"nonce":1730257365559,"iat":1730257365}`,
    );
  });

  it('works as often as wanted until the ticket ends: one second before, at, and after', async () => {
    await using sls = await openSls();
    const ticket = await sls.createTicket({ expirationTime: '1000' });
    const end = Number(claimsOf(ticket).exp) * 1000;
    sls.emulator.clock.set(end - 1000);
    const last = await sls.call('/token/refresh', { ticket });
    assert.equal(last.status, 200);
    assert.equal(lifeOf(accessTokenIn(last.body)), 1);
    sls.emulator.clock.set(end - 1);
    assert.equal((await sls.call('/token/refresh', { ticket })).status, 200);
    for (const atMs of [end, end + 1000]) {
      sls.emulator.clock.set(atMs);
      const answer = await sls.call('/token/refresh', { ticket });
      assert.equal(answer.status, 401);
      assert.deepEqual(errorOf(answer), {
        errorCode: 'Unauthorized',
        errorMessage: 'The ticket you provided has expired.',
      });
    }
  });

  for (const [tokenExp, asked, given] of [
    ['86400', undefined, 86_400],
    ['86400', '600', 600],
    ['600', undefined, 600],
    ['600', '601', 600],
    ['600', '599', 599],
    ['600', '0', 0],
  ] as const) {
    it(`gives min(asked, the ticket’s rule): ticket ${tokenExp}, asked ${asked ?? 'nothing'}, ${given} seconds`, async () => {
      await using sls = await openSls();
      const ticket = await sls.createTicket({ accessTokenExpirationTime: tokenExp });
      const query = asked === undefined ? { ticket } : { ticket, accessTokenExpirationTime: asked };
      const answer = await sls.call('/token/refresh', query);
      assert.equal(lifeOf(accessTokenIn(answer.body)), given);
    });
  }

  it('gives a token no longer than the caller’s security token has left', async () => {
    await using sls = await openSls();
    const ticket = await sls.createTicket();
    sls.emulator.clock.set(Date.parse(sls.emulator.description.sls.temporary.expiresAt) - 30_000);
    const answer = await sls.call('/token/refresh', { ticket }, { as: sls.temporary });
    assert.equal(lifeOf(accessTokenIn(answer.body)), 30);
  });
});

describe('the request’s time', () => {
  for (const scheme of ['v1', 'v4'] as const) {
    for (const [offsetSeconds, status] of [
      [-901, 400],
      [-900, 200],
      [-899, 200],
      [899, 200],
      [900, 200],
      [901, 400],
    ] as const) {
      it(`may be 15 minutes off, either way: ${scheme}, ${offsetSeconds} s is ${status}`, async () => {
        await using sls = await openSls({ clock: '2024-10-30T03:02:45.000Z' });
        const atMs = sls.nowMs() + offsetSeconds * 1000;
        const answer = await sls.call('/tickets', {}, { scheme, atMs });
        assert.equal(answer.status, status);
        if (status === 400) assert.equal(errorOf(answer).errorCode, 'RequestTimeExpired');
      });
    }
  }

  it('is refused in the vendor’s observed words', async () => {
    await using sls = await openSls({ clock: sampleInstant });
    const answer = await sls.call('/tickets', {}, { atMs: Date.parse('2024-10-29T03:02:45Z') });
    assert.deepEqual(errorOf(answer), {
      errorCode: 'RequestTimeExpired',
      errorMessage:
        'request timeTue, 29 Oct 2024 03:02:45 GMT has been expired while server time is Wed, 30 Oct 2024 03:02:45 GMT',
    });
  });
});

describe('an x-log-date under v1, which no signature covers', () => {
  for (const [minutesApart, status] of [
    [14, 200],
    [15, 200],
    [16, 401],
    [500_000, 401],
  ] as const) {
    it(`must agree with the Date that is signed: ${minutesApart} minutes apart is ${status}`, async () => {
      await using sls = await openSls({ clock: '2024-10-30T03:02:45.000Z' });
      const signed = sls.sign('/tickets', {}, { atMs: sls.nowMs() - minutesApart * 60_000 });
      signed.headers['x-log-date'] = new Date(sls.nowMs()).toUTCString();
      assert.equal((await exchange(sls.url, signed)).status, status);
    });
  }
});
