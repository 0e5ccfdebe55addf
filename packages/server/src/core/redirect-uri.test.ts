import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isRegistered, redirectUriProblem, withParameters } from './redirect-uri.ts';

const callback = 'https://app.example/callback';

describe('a redirect URI that is asked for', () => {
  it('must be a registered one', () => {
    assert.ok(isRegistered(['https://other.example/', callback], callback));
    assert.ok(!isRegistered([], callback));
  });

  const near = [
    'https://app.example/callback/',
    'https://app.example/callback?',
    'https://app.example/callback?x=1',
    'https://app.example/callback#',
    'https://app.example/callback#x',
    'https://app.example/Callback',
    'https://APP.example/callback',
    'HTTPS://app.example/callback',
    'http://app.example/callback',
    'https://app.example:443/callback',
    'https://app.example:8443/callback',
    'https://app.example./callback',
    'https://app.example//callback',
    'https://app.example/./callback',
    'https://app.example/x/../callback',
    'https://app.example/callback/../evil',
    'https://app.example/callback/%2e%2e/evil',
    'https://app.example/callback%2f..%2fevil',
    'https://app.example/%63allback',
    'https://app.example/callback%00',
    'https://app.example/callback%0d%0aSet-Cookie:x',
    'https://app.example\\@evil.example/callback',
    'https://app.example@evil.example/callback',
    'https://user:pass@app.example/callback',
    'https://evil.example\\.app.example/callback',
    'https://evil.example/?https://app.example/callback',
    'https://app.example.evil.example/callback',
    'https://evilapp.example/callback',
    'https:///app.example/callback',
    'https:/app.example/callback',
    '//app.example/callback',
    '/callback',
    'callback',
    '',
    ' https://app.example/callback',
    'https://app.example/callback ',
    'https://app.example/callback\n',
    'https://app.example/callback\u0000',
    'https://app.example/cal\tlback',
    'https://аpp.example/callback', // Cyrillic а
    'https://app。example/callback',
    'https://app.example∕callback',
    'javascript:alert(1)//https://app.example/callback',
    'data:text/html,https://app.example/callback',
  ];
  for (const asked of near) {
    it(`is not one that is only near: ${JSON.stringify(asked)}`, () => {
      assert.ok(!isRegistered([callback], asked));
    });
  }
});

describe('a loopback address', () => {
  it('is the same at any port, by number, in both families', () => {
    for (const host of ['127.0.0.1', '[::1]']) {
      for (const rest of ['', '/', '/callback', '/callback?x=1', '?x=1']) {
        for (const registered of [`http://${host}${rest}`, `http://${host}:3000${rest}`]) {
          for (const port of ['', ':1', ':80', ':3000', ':65535']) {
            assert.ok(isRegistered([registered], `http://${host}${port}${rest}`));
          }
        }
      }
    }
  });

  const others: readonly (readonly [registered: string, asked: string])[] = [
    ['http://127.0.0.1/callback', 'http://[::1]/callback'],
    ['http://[::1]/callback', 'http://127.0.0.1/callback'],
    ['http://127.0.0.1/callback', 'http://localhost:3000/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.2:3000/callback'],
    ['http://127.0.0.1/callback', 'http://127.1:3000/callback'],
    ['http://127.0.0.1/callback', 'http://2130706433/callback'],
    ['http://127.0.0.1/callback', 'http://0x7f.0.0.1/callback'],
    ['http://127.0.0.1/callback', 'http://0.0.0.0:3000/callback'],
    ['http://127.0.0.1/callback', 'http://[::ffff:127.0.0.1]:3000/callback'],
    ['http://[::1]/callback', 'http://[0:0:0:0:0:0:0:1]:3000/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1.evil.example/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1@evil.example/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000@evil.example/callback'],
    ['http://127.0.0.1/callback', 'http://x@127.0.0.1:3000/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000\\@evil.example/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:-1/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3e3/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:٣٠٠٠/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:123456/callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000/callback/'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000/callback?x'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000/x/../callback'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000/callback#x'],
    ['http://127.0.0.1/callback', 'http://127.0.0.1:3000/callback\n'],
    ['http://127.0.0.1/callback', 'https://127.0.0.1:3000/callback'],
    ['http://127.0.0.1/callback', 'HTTP://127.0.0.1:3000/callback'],
    ['https://127.0.0.1/callback', 'https://127.0.0.1:3000/callback'],
    ['http://localhost/callback', 'http://localhost:3000/callback'],
    ['http://localhost:3000/callback', 'http://localhost:3001/callback'],
    ['http://localhost:3000/callback', 'http://127.0.0.1:3000/callback'],
    ['app://127.0.0.1/callback', 'app://127.0.0.1:3000/callback'],
  ];
  for (const [registered, asked] of others) {
    it(`${registered} is not ${JSON.stringify(asked)}`, () => {
      assert.ok(!isRegistered([registered], asked));
    });
  }
});

describe('a redirect URI to register', () => {
  const good = [
    callback,
    'https://app.example',
    'https://app.example/',
    'https://app.example?x=1',
    'https://app.example:8443/callback?x=1&y=%2F',
    'https://xn--fiq228c.example/%E8%99%8E',
    'https://my_app.internal/callback',
    'https://192.0.2.1/callback',
    'https://[2001:db8::1]:8443/callback',
    'http://127.0.0.1',
    'http://127.0.0.1/callback',
    'http://127.0.0.1:3000/callback',
    'http://[::1]:3000/',
    'http://localhost:3000/callback',
    'https://localhost/callback',
    'https://app.example:65535/',
    'pdshz001://callback/',
    'com.example.app:/oauth2redirect',
    'com.example.app:/',
  ];
  for (const uri of good) {
    it(`may be ${uri}`, () => assert.equal(redirectUriProblem(uri), undefined));
  }

  const bad: readonly (readonly [uri: string, problem: RegExp])[] = [
    ['', /characters of a URI/],
    ['app.example/callback', /absolute/],
    ['//app.example/callback', /absolute/],
    ['/callback', /absolute/],
    ['1app://callback', /absolute/],
    ['https://app.example/callback#', /fragment/],
    ['https://app.example/callback#x', /fragment/],
    ['com.example.app:/callback#x', /fragment/],
    ['https://app.example/虎', /characters/],
    ['https://аpp.example/', /characters/],
    ['https://app.example/ x', /characters/],
    [' https://app.example/', /characters/],
    ['https://app.example/\n', /characters/],
    ['https://app.example/\u007f', /characters/],
    ['https://app.example/"><script>', /characters/],
    ['https://app.example/{x}', /characters/],
    ['https://app.example/%', /characters/],
    ['https://app.example/%2', /characters/],
    ['https://app.example/%zz', /characters/],
    ['https://app.example\\@evil.example/', /characters/],
    ['https:\\\\evil.example/', /characters/],
    ['HTTPS://app.example/', /lower case/],
    ['Http://evil.example/', /lower case/],
    ['JavaScript:alert(1)', /lower case/],
    ['javascript:alert(1)', /must not use javascript:/],
    ['javascript://app.example/%0aalert(1)', /must not use javascript:/],
    ['data:text/html,x', /must not use data:/],
    ['vbscript:x', /must not use vbscript:/],
    ['file:///etc/passwd', /must not use file:/],
    ['blob:https://app.example/x', /must not use blob:/],
    ['filesystem:https://app.example/x', /must not use filesystem:/],
    ['view-source:https://app.example/', /must not use view-source:/],
    ['about:blank', /must not use about:/],
    ['mailto:a@b.example', /must not use mailto:/],
    ['ws://app.example/', /must not use ws:/],
    ['ftp://app.example/', /must not use ftp:/],
    ['urn:ietf:wg:oauth:2.0:oob', /must not use urn:/],
    ['localhost:3000/callback', /slash/],
    ['app.example:443/callback', /slash/],
    ['com.example.app:callback', /slash/],
    ['https:app.example/callback', /slash/],
    ['https:/app.example/callback', /host/],
    ['https://', /host/],
    ['https:///callback', /host/],
    ['https://?x', /host/],
    ['https://:443/', /host/],
    ['https://.example/', /host/],
    ['https://-app.example/', /host/],
    ['https://user@app.example/', /user/],
    ['https://user:pass@app.example/', /user/],
    ['https://app.example@evil.example/', /user/],
    ['https://app%2eexample/', /host/],
    ['https://app.example%00.evil.example/', /host/],
    ['https://app.example:/', /port/],
    ['https://app.example:x/', /port/],
    ['https://app.example:123456/', /port/],
    ['https://app.example:65536/', /65535/],
    ['https://app.example:1:2/', /port/],
    ['https://2001:db8::1/', /host/],
    ['https://[2001:db8::1/', /host/],
    ['https://*.app.example/', /host/],
    ['http://app.example/callback', /https, or http on a loopback/],
    ['http://127.0.0.2/', /https, or http on a loopback/],
    ['http://0.0.0.0/', /https, or http on a loopback/],
    ['http://127.0.0.1.evil.example/', /https, or http on a loopback/],
    ['http://localhost.evil.example/', /https, or http on a loopback/],
    ['http://127.0.0.1@evil.example/', /user/],
    ['http://localhost:3000@evil.example/', /user/],
  ];
  for (const [uri, problem] of bad) {
    it(`is refused as ${JSON.stringify(uri)}`, () => assert.match(redirectUriProblem(uri) ?? '', problem));
  }

  it('has at most 2048 characters', () => {
    const ofLength = (length: number): string => callback.padEnd(length, 'x');
    assert.deepEqual(
      [2047, 2048, 2049].map((length) => redirectUriProblem(ofLength(length))),
      [undefined, undefined, 'must have at most 2048 characters'],
    );
  });

  it('means to a browser the host that it is registered with', () => {
    const parts = fc.array(fc.constantFrom(...'@:/\\?#.%[]0aA-_ ', 'evil.example', 'localhost', '127.0.0.1'), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.constantFrom('http://', 'https://', 'https:/', 'http:'), parts, (scheme, made) => {
        const uri = scheme + made.join('');
        if (redirectUriProblem(uri) !== undefined) return;
        const written = /^https?:\/\/(\[[^\]]*\]|[^:/?]*)/.exec(uri)?.[1] ?? '';
        if (!URL.canParse(uri)) return;
        const { hostname, protocol, username } = new URL(uri);
        assert.equal(username, '');
        if (protocol === 'http:') assert.ok(['127.0.0.1', '[::1]', 'localhost'].includes(hostname), uri);
        // A browser writes an address in its own way; a name it only puts into lower case.
        if (/[a-z]/i.test(written.replace(/^\[.*\]$/, ''))) assert.equal(hostname, written.toLowerCase());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('withParameters', () => {
  const asked = [
    ['code', 'a b&c=d'],
    ['state', "虎/符?#'"],
  ] as const;
  const text = "code=a%20b%26c%3Dd&state=%E8%99%8E%2F%E7%AC%A6%3F%23'";

  it('puts them behind those that the URI has', () => {
    assert.equal(withParameters(callback, asked), `${callback}?${text}`);
    assert.equal(withParameters(`${callback}?`, asked), `${callback}?${text}`);
    assert.equal(withParameters(`${callback}?x=1`, asked), `${callback}?x=1&${text}`);
    assert.equal(withParameters(`${callback}?x=1&`, asked), `${callback}?x=1&${text}`);
    assert.equal(withParameters(`${callback}?x=?`, asked), `${callback}?x=?&${text}`);
    assert.equal(withParameters('com.example.app:/', asked), `com.example.app:/?${text}`);
  });

  it('leaves the URI as it is where there are none', () => {
    assert.equal(withParameters(callback, []), callback);
    assert.equal(withParameters(`${callback}?`, []), `${callback}?`);
  });

  it('gives every text back to who reads the query, and never breaks out of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webQueryParameters(), (state, query) => {
        const uri = withParameters(query === '' ? callback : `${callback}?${query}`, [['state', state]]);
        const url = new URL(uri);
        assert.equal(url.origin + url.pathname, callback);
        assert.equal(url.hash, '');
        assert.equal(url.searchParams.getAll('state').at(-1), state.toWellFormed());
      }),
    );
  });

  it('takes half of a surrogate pair without throwing', () => {
    assert.equal(withParameters(callback, [['state', 'a\ud800b']]), `${callback}?state=a%EF%BF%BDb`);
  });
});
