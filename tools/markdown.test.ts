import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { headings, relativeLinks, tableRows } from './markdown.ts';

const fenced = '```\n# no heading\n| `no` | row |\n[no](link.md)\n```\n';

describe('Markdown', () => {
  it('gives headings of every depth, not those in code', () => {
    assert.deepEqual(headings(`# One\ntext\n### \`two\` #\n${fenced}#three`), ['One', '`two`']);
  });

  it('gives the rows whose first cell is code, under their heading', () => {
    const rows = tableRows(
      `| \`a\` | 1 |\n## \`T\`\n| name | x |\n|---|---|\n| \`b\` | 1 \\| 2 |\n| c | 3 |\n${fenced}`,
    );
    assert.deepEqual(rows, [
      { heading: '', name: 'a', cells: ['`a`', '1'] },
      { heading: 'T', name: 'b', cells: ['`b`', '1 \\| 2'] },
    ]);
  });

  it('gives relative links of each form, without query and fragment', () => {
    const text =
      '[a](docs/a.md#part) ![b](b.png "title") [c](<c.md>) `[no](no.md)` [web](https://example.com) [here](#x)\n' +
      `[mail](mailto:a@example.com) [d][1]\n\n[1]: d%20e.md\n${fenced}`;
    assert.deepEqual(relativeLinks(text), ['docs/a.md', 'b.png', 'c.md', 'd e.md']);
  });
});
