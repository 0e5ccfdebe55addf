import assert from 'node:assert/strict';
import test from 'node:test';
import { clearCookie, cookieNames, cookieOf, setCookie } from './cookies.ts';

test('with TLS the cookies are bound to this host, and travel by TLS only', () => {
  const { session, form } = cookieNames(true);
  assert.equal(session, '__Host-hufu-session');
  assert.equal(form, '__Host-hufu-form');
  assert.equal(setCookie(session, 'v', true), '__Host-hufu-session=v; Path=/; HttpOnly; SameSite=Lax; Secure');
});

test('without TLS their names promise nothing that browsers would refuse', () => {
  const { session } = cookieNames(false);
  assert.equal(setCookie(session, 'v', false), 'hufu-session=v; Path=/; HttpOnly; SameSite=Lax');
});

test('a cookie is cleared with the attributes that it was set with', () => {
  assert.equal(clearCookie('hufu-form', false), `${setCookie('hufu-form', '', false)}; Max-Age=0`);
  assert.equal(clearCookie('__Host-hufu-form', true), `${setCookie('__Host-hufu-form', '', true)}; Max-Age=0`);
});

test('a cookie is found among others by its whole name', () => {
  assert.equal(cookieOf('a=1; hufu-form=x; b=2', 'hufu-form'), 'x');
  assert.equal(cookieOf('hufu-form=x=y', 'hufu-form'), 'x=y');
  for (const header of [
    undefined,
    '',
    'hufu-form',
    'my-hufu-form=x',
    'hufu-forms=x',
    '__Host-hufu-form=x',
    'Hufu-Form=x',
  ]) {
    assert.equal(cookieOf(header, 'hufu-form'), undefined, header);
  }
});

test('a cookie that comes twice is none', () => {
  assert.equal(cookieOf('hufu-form=planted; hufu-form=ours', 'hufu-form'), undefined);
});
