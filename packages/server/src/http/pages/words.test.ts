import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { html } from './escape.ts';
import { everyPage, problemKinds } from './page.sample.ts';
import { problemPage } from './problem.ts';
import { wordsIn } from './words.ts';

const han = /\p{Script=Han}/u;

/** Every text of a language, by its path. */
function texts(value: unknown, path = ''): ReadonlyArray<readonly [path: string, text: string]> {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(value(html`${'ARGUMENT'}`))]];
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text`);
  return Object.entries(value).flatMap(([key, inner]) => texts(inner, `${path}.${key}`));
}

suite('words', () => {
  test('English has no Chinese character, Chinese has one in each text', () => {
    for (const [path, text] of texts(wordsIn('en'))) assert.doesNotMatch(text, han, path);
    for (const [path, text] of texts(wordsIn('zh'))) assert.match(text, han, path);
  });

  test('both languages show what they are given', () => {
    const shows = (language: 'en' | 'zh'): string[] =>
      texts(wordsIn(language)).flatMap(([path, text]) => (text.includes('ARGUMENT') ? [path] : []));
    assert.deepEqual(shows('zh'), shows('en'));
    assert.ok(shows('en').length >= 7);
  });

  test('a Chinese page has no English left but names', () => {
    for (const [name, { body }] of everyPage('zh', '文')) {
      const spoken = body
        .replace(/<style>[^<]*<\/style>/, '')
        .replace(/<[^>]*>/g, ' ')
        .replaceAll('Hufu', '');
      assert.doesNotMatch(spoken, /[a-z]{2,}/i, name);
    }
  });
});

suite('the problem page', () => {
  for (const problem of problemKinds) {
    test(`${problem}: says what, what to do, and by which request to ask`, () => {
      const { status, body } = problemPage({ language: 'en', problem, requestId: 'REQ-1' });
      const { title, text, advice } = wordsIn('en').problems[problem];
      assert.equal(status, problem === 'unavailable' ? 503 : 400);
      for (const part of [`<h1>${title}</h1>`, `<p>${text}</p>`, `<p>${advice}</p>`, '>REQ-1</code>']) {
        assert.ok(body.includes(part), part);
      }
    });
  }

  test('names no request where there is none, and says when to come again', () => {
    const { headers, body } = problemPage({ language: 'en', problem: 'unavailable', retryAfterSeconds: 10 });
    assert.doesNotMatch(body, /<code/);
    assert.equal(headers[headers.indexOf('retry-after') + 1], '10');
  });
});
