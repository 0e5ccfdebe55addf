import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { slsTour } from '../emulator/tour/sls.ts';
import type { Step, Tour } from '../emulator/tour/step.ts';
import { runTours } from './tour.ts';

const [first] = slsTour.steps;
assert.ok(first);

const tourOf = (...steps: Step[]): Tour => ({ name: 'short', clock: slsTour.clock, steps });
const unkept: Step = { ...first, check: () => [{ promise: 'the impossible', ok: false, found: 'something else' }] };

async function run(tour: Tour, json: boolean): Promise<{ out: string; exitCode: number }> {
  const io = { stdout: new PassThrough(), exitCode: 0 };
  const out = text(io.stdout);
  await runTours([tour], json, io);
  io.stdout.end();
  return { out: await out, exitCode: io.exitCode };
}

suite('hufu tour', () => {
  test('ends well where every promise is kept, and shows request and answer', async () => {
    const { out, exitCode } = await run(tourOf(first), false);
    assert.equal(exitCode, 0);
    assert.match(out, /^1\. A ticket with the defaults\n/);
    assert.match(out, /→ POST \/tickets\n/);
    assert.match(out, /← 200 {2}at 2024-10-30T03:02:45\.559Z\n/);
    assert.match(out, /\{"ticket":"eyJ0eX…"\}\n/);
    assert.match(out, /\n1 steps, \d+ promises: all as documented\.\n$/);
  });

  test('exits with 1 where a promise is not kept, and says what came', async () => {
    const { out, exitCode } = await run(tourOf(unkept, first), false);
    assert.equal(exitCode, 1);
    assert.match(out, /✗ the impossible; came: something else\n/);
    assert.match(out, /\n1 of 2 steps are not as documented\.\n$/);
  });

  test('tells the same to a program, in one line', async () => {
    const { out, exitCode } = await run(tourOf(unkept, first), true);
    assert.equal(exitCode, 1);
    assert.match(out, /^[^\n]+\n$/);
    const { ok, steps } = JSON.parse(out);
    assert.equal(ok, false);
    assert.deepEqual(
      steps.map((step: { ok: boolean }) => step.ok),
      [false, true],
    );
    assert.deepEqual(steps[0].checks, [{ promise: 'the impossible', ok: false, found: 'something else' }]);
    assert.equal(steps[1].answer.claims.exp, 1_730_343_765);
    assert.deepEqual(Object.keys(steps[1]), [
      'tour',
      'title',
      'document',
      'promise',
      'clock',
      'request',
      'answer',
      'checks',
      'ok',
    ]);
  });
});
