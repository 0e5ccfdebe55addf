import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { slsTour } from './sls.ts';
import type { Tour } from './step.ts';
import { walk } from './walk.ts';

suite('the tour of SLS', () => {
  test('finds every step as documented', async () => {
    let steps = 0;
    for await (const { step, checks } of walk(slsTour)) {
      steps++;
      assert.ok(checks.length > 0, step.title);
      assert.deepEqual(
        checks.filter((check) => !check.ok),
        [],
        step.title,
      );
    }
    assert.equal(steps, slsTour.steps.length);
  });

  test('reports a promise that is not kept, and walks on', async () => {
    const [first, second] = slsTour.steps;
    assert.ok(first && second);
    const broken: Tour = {
      ...slsTour,
      steps: [
        {
          ...first,
          clock: '2024-10-30T03:02:46.000Z',
          check: () => [{ promise: 'the impossible', ok: false, found: 'nothing' }],
        },
        second,
      ],
    };
    const outcomes: boolean[] = [];
    for await (const report of walk(broken)) outcomes.push(report.ok);
    assert.deepEqual(outcomes, [false, true]);
  });

  test('gives each step a title of its own', () => {
    const titles = slsTour.steps.map(({ document, title }) => `${document}: ${title}`);
    assert.equal(new Set(titles).size, titles.length);
  });
});
