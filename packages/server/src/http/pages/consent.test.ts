import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type ConsentModel, consentPage } from './consent.ts';

const model: ConsentModel = {
  language: 'en',
  clientName: 'Photo Prints',
  userName: 'lin',
  scopes: [],
  action: '/consent',
  hidden: { csrf: 'c1' },
};

suite('the consent page', () => {
  test('names who asks and who is asked, in both languages', () => {
    const { body } = consentPage({ ...model, clientUri: 'https://prints.example/about' });
    assert.match(body, /<h1><bdi[^>]*>Photo Prints<\/bdi> asks for access<\/h1>/);
    assert.match(body, />prints\.example</);
    assert.match(body, /Signed in as <bdi[^>]*>lin</);
    assert.match(
      consentPage({ ...model, language: 'zh' }).body,
      /<h1><bdi[^>]*>Photo Prints<\/bdi> 请求访问权限<\/h1>/,
    );
  });

  test('lists every scope: in words where its meaning is known, as it is where not', () => {
    const { body } = consentPage({ ...model, scopes: ['offline_access', 'FILE.ALL', 'toString'] });
    assert.deepEqual(
      [...body.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item),
      [
        'keep this access while you are away',
        '<code translate="no">FILE.ALL</code>',
        '<code translate="no">toString</code>',
      ],
    );
  });

  test('says so where nothing but the name is asked for', () => {
    const { body } = consentPage(model);
    assert.match(body, /It asks for nothing else/);
    assert.doesNotMatch(body, /<li>/);
  });

  test('says where the scopes hold and where the browser goes then', () => {
    const { body } = consentPage({ ...model, resource: 'https://api.example', redirectUri: 'com.example:/callback' });
    assert.match(body, /At <bdi[^>]*>https:\/\/api\.example</);
    assert.match(body, /return to <bdi[^>]*>com\.example:</);
  });

  test('lets deny or allow, and carries what it was given', () => {
    const { body } = consentPage(model);
    assert.match(body, /<form method="post" action="\/consent">\n<input type="hidden" name="csrf" value="c1">/);
    assert.deepEqual(
      [...body.matchAll(/name="decision" value="(\w+)">(\w+)</g)].map(([, value, text]) => [value, text]),
      [
        ['deny', 'Deny'],
        ['allow', 'Allow'],
      ],
    );
  });
});
