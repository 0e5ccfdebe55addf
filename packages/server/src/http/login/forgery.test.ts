import assert from 'node:assert/strict';
import test from 'node:test';
import { hashing } from '../../keys/hashing.ts';
import { systemRandom } from '../../keys/random.ts';
import { sampleSealing } from '../../keys/ring.sample.ts';
import { comesFromElsewhere, formToken, isFormCookie, isOwnForm, newFormCookie } from './forgery.ts';

const sealing = sampleSealing();
const check = { sealing, hashing, publicOrigin: undefined };
const cookie = newFormCookie(systemRandom);
const token = formToken(sealing, cookie, 'consent', 'handle');

test('a form with the token of its page and the cookie of its browser is our own', () => {
  assert.equal(isOwnForm(check, {}, cookie, 'consent', 'handle', token), true);
});

test('no token serves another browser, another purpose or another request', () => {
  assert.equal(isOwnForm(check, {}, newFormCookie(systemRandom), 'consent', 'handle', token), false);
  assert.equal(isOwnForm(check, {}, cookie, 'log_in', 'handle', token), false);
  assert.equal(isOwnForm(check, {}, cookie, 'consent', 'another', token), false);
  assert.equal(isOwnForm(check, {}, cookie, 'consent', 'handle', ''), false);
  assert.equal(isOwnForm(check, {}, cookie, 'consent', 'handle', `${token}A`), false);
});

test('without its cookie no form is our own, even where a token is made for the lack of one', () => {
  for (const planted of [undefined, '', 'short', `${cookie}x`]) {
    const made = formToken(sealing, planted ?? '', 'consent', 'handle');
    assert.equal(isOwnForm(check, {}, planted, 'consent', 'handle', made), false);
  }
});

test('a cookie is 256 random bits', () => {
  assert.equal(isFormCookie(cookie), true);
  assert.notEqual(newFormCookie(systemRandom), cookie);
});

test('what the browser calls foreign is foreign, whatever token it brings', () => {
  const headers = { 'sec-fetch-site': 'cross-site' };
  assert.equal(isOwnForm(check, headers, cookie, 'consent', 'handle', token), false);
});

test('Sec-Fetch-Site decides where it is there: a neighbouring host is foreign too', () => {
  const from = (site: string, origin?: string) =>
    comesFromElsewhere({ 'sec-fetch-site': site, origin, host: 'h.example' }, undefined);
  assert.equal(from('same-origin', 'null'), false);
  assert.equal(from('none'), false);
  assert.equal(from('same-site', 'https://h.example'), true);
  assert.equal(from('cross-site', 'https://h.example'), true);
  assert.equal(from('SAME-ORIGIN'), true);
});

test('else the origin has to be the host that was asked, or the public URL', () => {
  const from = (origin: string | undefined, publicOrigin?: string) =>
    comesFromElsewhere({ origin, host: 'h.example:8420' }, publicOrigin);
  assert.equal(from('https://h.example:8420'), false);
  assert.equal(from('https://h.example'), true);
  assert.equal(from('https://evil.example'), true);
  assert.equal(from('https://h.example:8420.evil.example'), true);
  assert.equal(from('nonsense'), true);
  assert.equal(from('https://login.example', 'https://login.example'), false);
  assert.equal(from('https://evil.example', 'https://login.example'), true);
});

test('a browser that says nothing leaves it to the token', () => {
  assert.equal(comesFromElsewhere({ host: 'h.example' }, undefined), false);
  assert.equal(comesFromElsewhere({ origin: 'null', host: 'h.example' }, undefined), false);
});
