import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Check, report } from './report.ts';

async function reported(...checks: Check[]): Promise<{ passed: boolean; lines: string[] }> {
  const lines: string[] = [];
  const passed = await report(checks, (line) => lines.push(line));
  return { passed, lines };
}

const good: Check = { name: 'good', run: () => [] };

describe('the report', () => {
  it('has one line for each check that passes', async () => {
    assert.deepEqual(await reported(good, good), { passed: true, lines: ['ok    good', 'ok    good'] });
  });

  it('fails with the first problem, and still runs what comes after', async () => {
    const bad: Check = { name: 'bad', run: async () => ['one', 'two'] };
    assert.deepEqual(await reported(bad, good), {
      passed: false,
      lines: ['FAIL  bad: 2 to mend', '      one', '      two', 'ok    good'],
    });
  });

  it('fails when a check throws, and says what it threw', async () => {
    const broken: Check = {
      name: 'broken',
      run: () => {
        throw new Error('a.md does not exist');
      },
    };
    const { passed, lines } = await reported(broken);
    assert.equal(passed, false);
    assert.match(lines[1] ?? '', /a\.md does not exist/);
  });
});
