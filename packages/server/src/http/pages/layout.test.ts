import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { suite, test } from 'node:test';
import { contentSecurityPolicy } from './csp.ts';
import { everyPage, headersOf, tagsOf } from './page.sample.ts';

const hostile = [
  `"><script>alert(1)</script>`,
  `'><img src=x onerror=alert(1)>`,
  `</title></style></bdi></form><form action=https://evil.example>`,
  `&quot;&#62;<svg/onload=alert(1)>`,
  `\u202emoc.elpmaxe\u2066\r\nset-cookie: a=b`,
];

suite('every page', () => {
  for (const language of ['en', 'zh'] as const) {
    for (const [name, answer] of everyPage(language, 'a plain text')) {
      test(`${name}, ${language}: has the headers that keep it to itself`, () => {
        const { 'content-security-policy': policy, 'retry-after': retryAfter, ...others } = headersOf(answer);
        assert.deepEqual(others, {
          'content-type': 'text/html; charset=utf-8',
          'content-language': language === 'zh' ? 'zh-Hans' : 'en',
          'x-frame-options': 'DENY',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
        });
        assert.equal(policy, contentSecurityPolicy());
        assert.equal(retryAfter !== undefined, /login (?:slow_down|locked)/.test(name), 'Retry-After');
      });

      test(`${name}, ${language}: has one heading, landmarks, its language, and nothing that runs or loads`, () => {
        const { body } = answer;
        const tags = tagsOf(body).map((tag) => tag.split(/[\s>]/, 1)[0] ?? '');
        for (const once of ['<h1', '<main', '<header', '<title', '<style']) {
          assert.deepEqual(
            tags.filter((tag) => tag === once),
            [once],
          );
        }
        assert.doesNotMatch(body, /<(?:h[2-6]|script|iframe|img|object|base)\b|\s(?:on\w+|style|src)=/);
        assert.match(
          body,
          language === 'zh' ? /^<!doctype html>\n<html lang="zh-Hans">/ : /^<!doctype html>\n<html lang="en">/,
        );
        assert.doesNotMatch(body, /undefined|\[object|\{\w+\}/);
      });
    }
  }

  for (const text of hostile) {
    test(`is of the same elements and attributes with ${JSON.stringify(text)} for every name`, () => {
      const plain = everyPage('en', 'https://a.example');
      const shape = (body: string): string[] => tagsOf(body).map((tag) => tag.replace(/="[^"]*"/g, '=""'));
      for (const [name, answer] of everyPage('en', text)) {
        const expected = plain.get(name)?.body ?? '';
        // A hostile text is no URL, so that the lines about places are not there.
        const places = /<p class="lead soft">a\.example<\/p>|<p class="soft">Either way.*<\/p>/g;
        assert.deepEqual(shape(answer.body), shape(expected.replace(places, '')), name);
        assert.equal(headersOf(answer)['content-security-policy'], contentSecurityPolicy(), name);
      }
    });
  }
});

suite('the policy', () => {
  test('names the stylesheet that stands in the page by its hash, and no other', () => {
    for (const [name, answer] of everyPage('zh', 'text')) {
      const [, sheet = ''] = /<style>([^<]*)<\/style>/.exec(answer.body) ?? [];
      const hash = createHash('sha256').update(sheet).digest('base64');
      const policy = headersOf(answer)['content-security-policy'] ?? '';
      assert.equal(policy.match(/style-src [^;]*/)?.[0], `style-src 'sha256-${hash}'`, name);
    }
  });

  test('lets nothing run, load or frame', () => {
    const directives = contentSecurityPolicy()
      .split('; ')
      .filter((directive) => !directive.startsWith('style-src'));
    assert.deepEqual(directives, [
      `default-src 'none'`,
      `img-src data:`,
      `form-action 'self'`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
    ]);
  });

  for (const [redirectUri, target] of [
    ['https://app.example/callback', `'self' https:`],
    ['http://127.0.0.1:3000/callback', `'self' http:`],
    ['http://[::1]:3000', `'self' http:`],
    ['com.example.app:/callback', `'self' com.example.app:`],
    ['PDShz001://callback/', `'self' pdshz001:`],
    [`x; script-src 'unsafe-inline':`, `'self'`],
    ['', `'self'`],
  ] as const) {
    test(`lets a form lead to ${redirectUri || 'no redirect URI'}: ${target}`, () => {
      assert.match(contentSecurityPolicy(redirectUri), new RegExp(`; form-action ${target}; frame-ancestors`));
    });
  }
});
