import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { pdsTour } from './pds.ts';
import { slsTour } from './sls.ts';
import type { Tour } from './step.ts';
import { tours } from './tours.ts';
import { walk } from './walk.ts';

for (const tour of tours) {
  suite(`the tour of ${tour.name}`, () => {
    test('finds every step as documented', async () => {
      let steps = 0;
      for await (const { step, checks } of walk(tour)) {
        steps++;
        assert.ok(checks.length > 0, step.title);
        assert.deepEqual(
          checks.filter((check) => !check.ok),
          [],
          step.title,
        );
      }
      assert.equal(steps, tour.steps.length);
    });

    test('gives each step a title of its own', () => {
      const titles = tour.steps.map(({ document, title }) => `${document}: ${title}`);
      assert.equal(new Set(titles).size, titles.length);
    });
  });
}

suite('a tour', () => {
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

  test('comes to its end where nothing is as documented: no step needs the one before to go well', async () => {
    const outcomes: boolean[] = [];
    // Without the steps that give something, all that follow have nothing to show.
    const steps = pdsTour.steps.map(({ keep: _given, ...step }) => step);
    for await (const report of walk({ ...pdsTour, steps })) outcomes.push(report.ok);
    assert.equal(outcomes.length, pdsTour.steps.length);
    assert.ok(outcomes.includes(false));
  });

  test('of PDS shows every method of the document', () => {
    const shown = new Set(pdsTour.steps.map(({ document }) => document));
    for (const method of [
      'getUserJwtToken',
      'getServiceJwtToken',
      'refreshJwtToken',
      'getTokenByCode',
      'refreshToken',
    ]) {
      assert.ok(shown.has(method), method);
    }
  });
});
