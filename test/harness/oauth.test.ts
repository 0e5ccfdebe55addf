import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Departure } from './browser.ts';
import { echo, listen } from './listen.ts';
import { addressOf, basic, discover, get, jsonOf, pkce, postForm, responseOf } from './oauth.ts';

const departureTo = (location: string): Departure => {
  const answer = { status: 303, rawHeaders: [], headers: { location }, body: '' };
  return { kind: 'departure', location, answer, trail: [answer] };
};

describe('PKCE', () => {
  it('gives the challenge of RFC 7636, appendix B', () => {
    const { challenge } = pkce('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk');
    assert.equal(challenge, 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  });

  it('has another verifier each time, of 43 characters', () => {
    assert.match(pkce().verifier, /^[A-Za-z0-9_-]{43}$/);
    assert.notEqual(pkce().verifier, pkce().verifier);
  });
});

describe('a request', () => {
  it('names its client by Basic as RFC 6749, section 2.3.1 has it', () => {
    const [scheme, credentials = ''] = basic('s6BhdRkqt3', '7Fjfp0ZBr1KtDRbnfVdmIw').authorization.split(' ');
    assert.deepEqual([scheme, credentials], ['Basic', 'czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3']);
    const encoded = basic('a:b', 'c d+é').authorization.split(' ')[1] ?? '';
    assert.equal(Buffer.from(encoded, 'base64').toString('utf8'), 'a%3Ab:c+d%2B%C3%A9');
  });

  it('is a form in the body, or in the query, and may have a name twice', async () => {
    await using server = await listen({ '/token': echo, '/authorize': echo });
    const fields = [
      ['a', '1 2'],
      ['a', '&'],
    ] as const;
    const posted = jsonOf(await postForm(`${server.url}/token?q=1`, fields, { dpop: 'x' }));
    assert.deepEqual([posted.method, posted.url, posted.body], ['POST', '/token?q=1', 'a=1+2&a=%26']);
    const headers = posted.headers as Record<string, string>;
    assert.deepEqual([headers['content-type'], headers.dpop], ['application/x-www-form-urlencoded', 'x']);
    const got = jsonOf(await get(addressOf(`${server.url}/authorize`, { scope: 'a b' })));
    assert.deepEqual([got.method, got.url, got.body], ['GET', '/authorize?scope=a+b', '']);
  });

  it('goes where the metadata says', async () => {
    const metadata = { issuer: 'i', authorization_endpoint: 'a', token_endpoint: 't', revocation_endpoint: 'r' };
    await using server = await listen({
      '/.well-known/oauth-authorization-server': (_request, response) => response.end(JSON.stringify(metadata)),
    });
    await assert.rejects(discover(server.url), /names no introspection_endpoint/);
    Object.assign(metadata, { introspection_endpoint: 'n' });
    const found = { issuer: 'i', authorization: 'a', token: 't', introspection: 'n', revocation: 'r' };
    assert.deepEqual(await discover(server.url), found);
  });
});

describe('an answer', () => {
  it('brings its parameters to the redirect URI, whose own query is one of them', () => {
    const { status, redirectUri, parameters } = responseOf(departureTo('app:/cb?own=1%3F&code=a%2Bb&state=%E8%99%8E'));
    assert.deepEqual([status, redirectUri], [303, 'app:/cb']);
    assert.deepEqual(parameters, { own: '1?', code: 'a+b', state: '虎' });
    assert.deepEqual(responseOf(departureTo('app:/cb')).parameters, {});
  });

  it('is at fault with a parameter twice, or in a fragment', () => {
    assert.throws(() => responseOf(departureTo('app:/cb?code=1&code=2')), /a parameter twice/);
    assert.throws(() => responseOf(departureTo('app:/cb#access_token=1')), /a fragment/);
  });

  it('is a JSON object', () => {
    const { answer } = departureTo('app:/cb');
    assert.deepEqual(jsonOf({ ...answer, body: '{"a":1}' }), { a: 1 });
    for (const body of ['[]', 'null', '1', '']) assert.throws(() => jsonOf({ ...answer, body }), body);
  });
});
