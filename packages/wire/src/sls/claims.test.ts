import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import {
  type AccessTokenClaims,
  accessTokenPayload,
  embeddedType,
  jwtHeader,
  readAccessToken,
  readTicket,
  type TicketClaims,
  ticketPayload,
} from './claims.ts';
import { accessTokenLifetimeSeconds, ticketLifetimeSeconds } from './facts.ts';
import golden from './golden/tokens.json' with { type: 'json' };

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** A token with any HS256 signature: only its length matters here. */
function token(payload: string): string {
  const signed = `${base64url(jwtHeader)}.${base64url(payload)}`;
  return `${signed}.${createHmac('sha256', 'any').update(signed).digest('base64url')}`;
}

const iat = golden.ticket.requestTimeSeconds;
const ticket: TicketClaims = {
  tokenExp: accessTokenLifetimeSeconds.default,
  type: embeddedType,
  exp: iat + ticketLifetimeSeconds.default,
  nonce: 1730257365559,
  iat,
  ticketId: 'a0759a09-b1a9-4b67-a72d-9b8721e1bcc5',
};
const refreshed = golden.accessToken.requestTimeSeconds;
const accessToken: AccessTokenClaims = {
  accessTokenId: ticket.ticketId,
  type: embeddedType,
  exp: refreshed + 600,
  nonce: 1730267847288,
  iat: refreshed,
};

suite('tokens of the documented samples', () => {
  test('the header has typ first and names no key', () => assert.equal(jwtHeader, golden.header));

  test('a ticket has the claims of the sample, in its order', () => {
    assert.equal(ticketPayload(ticket), golden.ticket.payload);
    assert.equal(Math.floor(ticket.nonce / 1000), ticket.iat);
  });

  test('an access token has the claims of the sample, in its order', () => {
    assert.equal(accessTokenPayload(accessToken), golden.accessToken.payload);
    assert.equal(Math.floor(accessToken.nonce / 1000), accessToken.iat);
  });

  test('the body with the default ticket is 284 bytes long', () => {
    const body = `{"ticket":"${token(ticketPayload(ticket))}"}`;
    assert.equal(Buffer.byteLength(body), 284);
    assert.equal(golden.ticket.bodyBytes, 284);
  });

  test('the body with the access token is 273 bytes long', () => {
    const body = `{"accessToken":"${token(accessTokenPayload(accessToken))}"}`;
    assert.equal(Buffer.byteLength(body), 273);
    assert.equal(golden.accessToken.bodyBytes, 273);
  });

  test('every readable fragment of the printed tokens stands in ours, in order', () => {
    const pairs = [
      [token(ticketPayload(ticket)), golden.ticket.printedFragments],
      [token(accessTokenPayload(accessToken)), golden.accessToken.printedFragments],
    ] as const;
    for (const [text, fragments] of pairs) {
      let from = 0;
      for (const fragment of fragments) {
        const at = text.indexOf(fragment, from);
        assert.notEqual(at, -1, fragment);
        from = at + fragment.length;
      }
    }
  });

  test('an HS256 signature has 43 characters', () => {
    assert.equal(token('{}').split('.')[2]?.length, golden.signatureCharacters);
  });
});

suite('reading claims', () => {
  const text = fc.string({ unit: 'binary' });

  test('what was written is read again, whatever the words are', () => {
    fc.assert(
      fc.property(text, text, fc.maxSafeInteger(), fc.maxSafeInteger(), (type, id, a, b) => {
        const t: TicketClaims = { tokenExp: a, type, exp: b, nonce: a, iat: b, ticketId: id };
        assert.deepEqual(readTicket(JSON.parse(ticketPayload(t))), t);
        const x: AccessTokenClaims = { accessTokenId: id, type, exp: b, nonce: a, iat: b };
        assert.deepEqual(readAccessToken(JSON.parse(accessTokenPayload(x))), x);
      }),
    );
  });

  test('further claims are passed over', () => {
    assert.deepEqual(readTicket({ ...ticket, extra: 1 }), ticket);
    assert.deepEqual(readAccessToken({ ...accessToken, extra: 1 }), accessToken);
  });

  test('a share made in the console is a ticket of another type', () => {
    assert.deepEqual(readTicket(golden.otherTypes.claims), golden.otherTypes.claims);
    assert.notEqual(golden.otherTypes.claims.type, embeddedType);
  });

  test('one kind is never read as the other', () => {
    assert.equal(readTicket({ ...accessToken }), undefined);
    assert.equal(readAccessToken({ ...ticket }), undefined);
  });

  test('a missing claim or one of a wrong kind gives nothing', () => {
    const wrongCounts = [undefined, null, '1', 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, true, [1], {}];
    const wrongTexts = [undefined, null, 1, true, ['a'], {}];
    for (const name of ['tokenExp', 'exp', 'nonce', 'iat']) {
      for (const wrong of wrongCounts) {
        assert.equal(readTicket({ ...ticket, [name]: wrong }), undefined, `${name}: ${wrong}`);
        if (name !== 'tokenExp') assert.equal(readAccessToken({ ...accessToken, [name]: wrong }), undefined, name);
      }
    }
    for (const wrong of wrongTexts) {
      assert.equal(readTicket({ ...ticket, type: wrong }), undefined);
      assert.equal(readTicket({ ...ticket, ticketId: wrong }), undefined);
      assert.equal(readAccessToken({ ...accessToken, type: wrong }), undefined);
      assert.equal(readAccessToken({ ...accessToken, accessTokenId: wrong }), undefined);
    }
  });
});
