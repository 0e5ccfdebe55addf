import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { CliError } from './failure.ts';
import { askHidden } from './hidden-input.ts';

async function ask(typed: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  const answer = askHidden(input, output, 'Password: ');
  const settled = answer.catch((error: unknown) => error);
  input.write(typed);
  const result = await settled;
  output.end();
  return { result, shown: await text(output) };
}

describe('a question whose answer is hidden', () => {
  it('gives what was typed, and shows the question only', async () => {
    assert.deepEqual(await ask('tiger tally\r'), { result: 'tiger tally', shown: 'Password: \n' });
  });

  it('lets a person correct what was typed', async () => {
    assert.equal((await ask('tiget\u007fr\r')).result, 'tiger');
  });

  it('gives up at Ctrl+C and at Ctrl+D', async () => {
    for (const key of ['\u0003', '\u0004']) {
      const { result, shown } = await ask(key);
      assert.ok(result instanceof CliError);
      assert.equal(result.exitCode, 2);
      assert.equal(shown, 'Password: \n');
    }
  });

  it('is asked again behind the first', async () => {
    const input = new PassThrough();
    const output = new PassThrough();
    const first = askHidden(input, output, 'a');
    input.write('one\r');
    assert.equal(await first, 'one');
    const second = askHidden(input, output, 'b');
    input.write('two\r');
    assert.equal(await second, 'two');
  });
});
