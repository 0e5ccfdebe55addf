import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { loginPage } from '../../http/pages/login.ts';
import { signedOutPage } from '../../http/pages/signed-out.ts';
import { filledIn, formOf, withCookies } from './browser.ts';

suite('the form of a page', () => {
  const { body } = loginPage({
    language: 'zh',
    action: '/login',
    hidden: { handle: 'a&b"c', token: 't' },
    userName: "<o'neil>",
  });
  const form = formOf({ body });

  test('goes where the page says', () => assert.equal(form?.action, '/login'));

  test('carries what is hidden, and what the user types by what the fields are for', () => {
    assert.ok(form);
    const sent = new URLSearchParams(filledIn(form, { username: 'demo', 'current-password': 'a b' }));
    assert.deepEqual(
      [...sent],
      [
        ['handle', 'a&b"c'],
        ['token', 't'],
        ['username', 'demo'],
        ['password', 'a b'],
      ],
    );
  });

  test('keeps what nobody overwrites', () => {
    assert.ok(form);
    assert.equal(new URLSearchParams(filledIn(form, {})).get('username'), "<o'neil>");
  });

  test('is none where the page has none', () => assert.equal(formOf(signedOutPage({ language: 'en' })), undefined));
});

suite('cookies', () => {
  const setting = (...lines: string[]) => ({ headers: lines.map((line) => ['set-cookie', line] as const) });

  test('join those that were there', () => {
    const first = withCookies('', setting('form=a; Path=/; HttpOnly'));
    assert.equal(first, 'form=a');
    assert.equal(withCookies(first, setting('session=b=c; Path=/')), 'form=a; session=b=c');
  });

  test('take the place of one with the same name', () =>
    assert.equal(withCookies('a=1; b=2', setting('a=3')), 'a=3; b=2'));

  test('go when they are cleared', () =>
    assert.equal(withCookies('a=1; b=2', setting('a=; Path=/; Max-Age=0')), 'b=2'));

  test('stay through an answer that says nothing of them', () =>
    assert.equal(withCookies('a=1', { headers: [['x', 'b=2']] }), 'a=1'));
});
