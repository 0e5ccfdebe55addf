import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import test from 'node:test';
import { inspect } from 'node:util';
import { generateKey } from './generate.ts';
import { splitJwt, verifyJwt } from './jwt.ts';
import { openKey } from './open-key.ts';
import { systemRandom } from './random.ts';

const secret = createSecretKey(Buffer.alloc(32, 0x4d));
const slsHeader = '{"typ":"JWT","alg":"HS256"}';

/** Rebuilt from the ticket that the vendor's document prints (CreateTicket, sample of 2024-10-30). */
const ticketPayload =
  '{"tokenExp":86400,"type":"embedded","exp":1730343765,"nonce":1730257365559,"iat":1730257365,' +
  '"ticketId":"a0759a09-b1a9-4b67-a72d-9b8721e1bcc5"}';

const decoded = (part: string | undefined): string => Buffer.from(part ?? '', 'base64url').toString();

test('an exact header text stands in the token to the letter, and names no key', () => {
  const token = openKey('k1', 'HS256', secret).sign({ header: slsHeader, payload: ticketPayload });
  const [header, payload, signature] = token.split('.');
  assert.equal(header, 'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9');
  assert.equal(decoded(payload), ticketPayload);
  assert.ok(payload?.startsWith('eyJ0b2tlbkV4c') && payload.endsWith('Yjg3MjFlMWJjYzUifQ'));
  assert.equal(signature?.length, 43);
  // The size of the answer in the vendor's document.
  assert.equal(Buffer.byteLength(JSON.stringify({ ticket: token })), 284);
});

test('the refreshed access token of the vendor’s document has its size too', () => {
  const payload =
    '{"accessTokenId":"a0759a09-b1a9-4b67-a72d-9b8721e1bcc5","type":"embedded","exp":1730268447,' +
    '"nonce":1730267847288,"iat":1730267847}';
  const token = openKey('k1', 'HS256', secret).sign({ header: slsHeader, payload });
  assert.equal(Buffer.byteLength(JSON.stringify({ accessToken: token })), 273);
});

test('where only `typ` is given, the key writes `alg`, `typ` and its own id', async () => {
  const { id, key } = await generateKey('ES256', systemRandom);
  const open = openKey(id, 'ES256', key);
  for (const typ of ['at+jwt', 'JWT', 'at+jwt']) {
    const token = open.sign({ header: { typ }, payload: '{}' });
    assert.equal(decoded(token.split('.')[0]), `{"alg":"ES256","typ":"${typ}","kid":"${id}"}`);
  }
});

test('a key that repeats signs the same text the same way, and anybody verifies it', async () => {
  for (const algorithm of ['HS256', 'ES256', 'RS256'] as const) {
    const { id, key } = await generateKey(algorithm, systemRandom);
    const open = openKey(id, algorithm, key, { repeats: true });
    const token = { header: { typ: 'JWT' }, payload: '{}' };
    const signed = open.sign(token);
    assert.equal(open.sign(token), signed);
    assert.equal(await open.signThreaded(token), signed);
    const at = signed.lastIndexOf('.');
    assert.equal(openKey(id, algorithm, key).check(signed.slice(0, at), signed.slice(at + 1)), true);
  }
});

test('a text and a `typ` of the same letters are two headers', () => {
  const open = openKey('k1', 'HS256', secret);
  const exact = open.sign({ header: slsHeader, payload: '{}' });
  const written = open.sign({ header: { typ: slsHeader }, payload: '{}' });
  assert.notEqual(exact.split('.')[0], written.split('.')[0]);
});

test('an exact header that says another algorithm, or asks for an extension, signs nothing', () => {
  const open = openKey('k1', 'HS256', secret);
  for (const header of ['{"alg":"none"}', '{"alg":"RS256"}', '{"typ":"JWT"}', '', '{"alg":"HS256","crit":["x"]}']) {
    assert.throws(() => open.sign({ header, payload: '{}' }), /does not say HS256/);
  }
});

test('more headers than are remembered are still written right', () => {
  const open = openKey('k1', 'HS256', secret);
  for (let i = 0; i < 200; i++) {
    const [header] = open.sign({ header: { typ: `t${i}` }, payload: '{}' }).split('.');
    assert.equal(decoded(header), `{"alg":"HS256","typ":"t${i}","kid":"k1"}`);
  }
});

test('payloads of any text survive', () => {
  const open = openKey('k1', 'HS256', secret);
  const payload = { 虎: '符', emoji: '🐯', empty: '' };
  const token = open.sign({ header: slsHeader, payload: JSON.stringify(payload) });
  const read = verifyJwt(token, 'HS256', (jwt) => open.check(jwt.signingInput, jwt.signature));
  assert.deepEqual(read, payload);
  assert.ok(splitJwt(token));
});

test('only a key pair has a public half, with use, algorithm and id', async () => {
  assert.equal(openKey('k1', 'HS256', secret).publicJwk, undefined);
  const { id, key } = await generateKey('ES256', systemRandom);
  const jwk = openKey(id, 'ES256', key).publicJwk;
  assert.ok(jwk?.kty === 'EC');
  const { x, y } = jwk;
  assert.deepEqual(jwk, { kty: 'EC', crv: 'P-256', x, y, use: 'sig', alg: 'ES256', kid: id });
});

test('an open key prints nothing of its secret', () => {
  const open = openKey('k1', 'HS256', secret);
  open.sign({ header: slsHeader, payload: '{}' });
  const printed = inspect(open, { depth: null, showHidden: true }) + JSON.stringify(open);
  assert.match(printed, /k1/);
  assert.doesNotMatch(printed, /4d4d|TU1N|MMMM|77, 77/);
});
