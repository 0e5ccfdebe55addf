import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { suite, test } from 'node:test';
import { jsonOf } from '../emulator/tour/checks.ts';
import { slsTour } from '../emulator/tour/sls.ts';
import type { Step, Tour } from '../emulator/tour/step.ts';
import { tours } from '../emulator/tour/tours.ts';
import { type StepReport, walk } from '../emulator/tour/walk.ts';
import { runTours } from './tour.ts';
import { stepText, stepView } from './tour-text.ts';

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

  for (const tour of tours) {
    test(`prints no secret of the tour of ${tour.name}`, async () => {
      let told = '';
      const secrets = new Set<string>();
      for await (const report of walk(tour)) {
        told += stepText((_style, text) => text, report, 1) + JSON.stringify(stepView(report));
        for (const secret of secretsOf(report)) secrets.add(secret);
      }
      assert.ok(secrets.size > tour.steps.length / 2);
      for (const secret of secrets)
        assert.equal(told.includes(secret), false, `a secret of ${secret.length} characters`);
    });
  }
});

/** Everything that proves or opens something, as it goes over the wire. */
function secretsOf({ request, answer }: StepReport): string[] {
  const names =
    /^(?:ticket|token|handle|code|code_verifier|password|client_secret|secret|assertion|(?:access|refresh)_?token)$/i;
  const pairs: [string, unknown][] = [
    ...new URLSearchParams(request.target.split('?')[1]),
    ...new URLSearchParams(request.body),
    ...Object.entries(jsonOf(request.body ?? '')),
  ];
  for (const [name, value] of answer.headers) {
    if (name === 'location') pairs.push(...new URLSearchParams(value.split('?')[1]));
    if (name === 'set-cookie') pairs.push(['secret', value.slice(value.indexOf('=') + 1, value.indexOf(';'))]);
  }
  // What was refused proves nothing: SLS repeats a wrong signature, and a `code` is then that of an error.
  if (answer.status < 300) {
    pairs.push(['secret', request.headers.authorization?.split(/[ :]/).at(-1)]);
    // SCNet says everything in headers, and answers with a token or with a list of them; its `code` is that of an error.
    const { code, data, ...rest } = jsonOf(answer.body);
    pairs.push(...Object.entries(rest), ...('msg' in rest ? [] : [['code', code] as [string, unknown]]));
    if (rest.msg === 'success') {
      for (const name of ['password', 'signature', 'token']) pairs.push(['secret', request.headers[name]]);
      const rows: unknown[] = Array.isArray(data) ? data : [];
      for (const row of rows) pairs.push(...Object.entries(row as object));
      if (typeof data === 'string' && data.startsWith('eyJ')) pairs.push(['token', data]);
    }
  }
  return pairs.flatMap(([name, value]) =>
    names.test(name) && typeof value === 'string' && value !== '' && value !== 'undefined' ? [value] : [],
  );
}
