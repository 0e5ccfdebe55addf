import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createCookieJar, type Errand } from './cookies.ts';

const plain = new URL('http://127.0.0.1:1/login/form');
const tls = new URL('https://id.example/login/form');
const at = (path: string, url = plain): Errand => ({ url: new URL(path, url), method: 'GET', crossSite: false });

function jarWith(url: URL, ...lines: string[]) {
  let nowMs = 1_000_000;
  const jar = createCookieJar(() => nowMs);
  jar.keep(url, lines);
  return {
    ...jar,
    advance: (ms: number): void => {
      nowMs += ms;
    },
  };
}

describe('a cookie', () => {
  it('is sent back with its value, which may hold anything but a semicolon', () => {
    const jar = jarWith(plain, 'a=b=c; Path=/; HttpOnly; SameSite=Strict', 'd=; Path=/');
    assert.equal(jar.header(at('/')), 'a=b=c; d=');
    const [first] = jar.all();
    assert.deepEqual([first?.httpOnly, first?.sameSite, first?.expiresAtMs], [true, 'strict', undefined]);
  });

  it('goes to its path and below, by default to the folder of who set it', () => {
    const jar = jarWith(plain, 'a=1; Path=/login', 'b=2');
    for (const [path, sent] of [
      ['/login', 'a=1; b=2'],
      ['/login/x', 'a=1; b=2'],
      ['/loginx', undefined],
      ['/', undefined],
    ] as const) {
      assert.equal(jar.header(at(path)), sent, path);
    }
  });

  it('takes the place of the one with its name and path', () => {
    const jar = jarWith(plain, 'a=1; Path=/', 'a=2; Path=/', 'a=3; Path=/login');
    assert.equal(jar.header(at('/login')), 'a=3; a=2');
  });

  it('is over at the end of its Max-Age, and gone at once where that is 0 or in the past', () => {
    const jar = jarWith(plain, 'a=1; Path=/; Max-Age=10; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'b=1; Path=/');
    jar.advance(9_999);
    assert.equal(jar.header(at('/')), 'a=1; b=1');
    jar.advance(1);
    assert.equal(jar.header(at('/')), 'b=1');
    jar.keep(plain, ['b=; Path=/; Max-Age=0', 'c=1; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT']);
    assert.equal(jar.header(at('/')), undefined);
  });

  it('that is Secure is for TLS only', () => {
    assert.deepEqual(jarWith(plain, 'a=1; Secure').all(), []);
    const jar = jarWith(tls, 'a=1; Path=/; Secure');
    assert.equal(jar.header(at('/', tls)), 'a=1');
    assert.equal(jar.header({ ...at('/'), url: new URL('http://id.example/') }), undefined);
  });

  it('with a prefix is refused without what the prefix promises', () => {
    const refused = ['__Host-a=1; Path=/', '__Host-a=1; Secure', '__Host-a=1; Path=/; Secure; Domain=id.example'];
    assert.deepEqual(jarWith(tls, ...refused, '__Secure-a=1; Path=/', 'a=1; Domain=id.example').all(), []);
    assert.equal(jarWith(tls, '__Host-a=1; Path=/; Secure').all().length, 1);
  });

  it('comes along from another site as SameSite says', () => {
    const lines = ['strict=1; SameSite=Strict', 'lax=1; SameSite=Lax', 'silent=1', 'none=1; SameSite=None; Secure'];
    const jar = jarWith(tls, ...lines.map((line) => `${line}; Path=/`), 'refused=1; SameSite=None');
    assert.equal(jar.header(at('/', tls)), 'strict=1; lax=1; silent=1; none=1');
    assert.equal(jar.header({ ...at('/', tls), crossSite: true }), 'lax=1; silent=1; none=1');
    assert.equal(jar.header({ ...at('/', tls), crossSite: true, method: 'POST' }), 'none=1');
  });

  it('without a name is none', () => {
    assert.deepEqual(jarWith(plain, '', 'a', '=1', '; Path=/').all(), []);
  });
});
