import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { html, nothing, trusted } from './escape.ts';

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': '\r',
  '&amp;': '&',
};
const read = (source: string): string =>
  source.replace(/&(?:lt|gt|quot|amp|#39|#13);/g, (found) => entities[found] ?? '');

suite('html that escapes by type', () => {
  test('a text can end neither an attribute nor begin an element', () => {
    const hostile = `"><script>alert('1')</script>&amp;`;
    assert.equal(
      html`<p title="${hostile}">${hostile}</p>`.toString(),
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;">' +
        '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  test('any text reads as it was, and has no character of syntax', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const source = html`${text}`.toString();
        assert.doesNotMatch(source, /[<>"'\r]/);
        assert.equal(read(source), text);
      }),
    );
  });

  test('what is html already is not escaped twice, alone and in lists', () => {
    const items = ['<', '&'].map((text) => html`<li>${text}</li>`);
    assert.equal(html`<ul>${items}</ul>${nothing}${1}`.toString(), '<ul><li>&lt;</li><li>&amp;</li></ul>1');
    assert.equal(html`${trusted('<br>')}`.toString(), '<br>');
  });

  test('a backslash of the template stays one', () => {
    assert.equal(html`<p>\\${'a'}</p>`.toString(), '<p>\\a</p>');
  });
});
