import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withSection } from './publish.ts';

const section = (part: string, report: string): string =>
  `<!-- ${part}: written by \`npm run bench -- --publish\` -->\n\n${report}\n<!-- end of ${part} -->`;

test('a section takes the new report, and every other one keeps its own', () => {
  const readme = (sessions: string): string =>
    `# Bench\n${section('tickets', 'of May\n')}\nwords\n${section('sessions', sessions)}\nmore words\n`;
  assert.equal(withSection(readme('of June\n'), 'sessions', 'of July\n'), readme('of July\n'));
});

test('a README without the lines of a section is a mistake', () => {
  assert.throws(() => withSection(section('tickets', 'old'), 'growth', 'new'), /end of growth/);
});
