/** The examples of docs/emulator.md run as they stand, and the page shows them as they are. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { repository } from '../harness/dev.ts';

const folder = 'examples/emulator';
const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** This runner tells its children to speak to it, and they would. */
const { NODE_TEST_CONTEXT: _ours, ...env } = process.env;

async function run(command: string, ...args: string[]): Promise<{ code: number; output: string }> {
  const PATH = `${join(repository, 'node_modules/.bin')}:${process.env.PATH}`;
  const child = spawn(command, args, { cwd: repository, env: { ...env, PATH }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, output: output + errors };
}

const examples: ReadonlyArray<
  readonly [files: readonly string[], command: readonly [string, ...string[]], passed: RegExp]
> = [
  [
    [`${folder}/node-test/tickets.test.ts`],
    [process.execPath, '--test', `${folder}/node-test/tickets.test.ts`],
    /pass 3\n/,
  ],
  [
    [`${folder}/vitest/session.ts`, `${folder}/vitest/session.test.ts`],
    [process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--root', `${folder}/vitest`],
    /5 passed/,
  ],
  [[`${folder}/shell/token.sh`], ['sh', `${folder}/shell/token.sh`], /(?:ok: .*\n){8}/],
];

describe('an example', () => {
  for (const [files, command, passed] of examples) {
    it(`of ${files.at(-1)} passes`, async () => {
      const { code, output } = await run(...command);
      assert.equal(code, 0, output);
      assert.match(stripVTControlCharacters(output), passed);
    });

    for (const file of files) {
      it(`shows ${file} as it is`, () => {
        assert.ok(read('docs/emulator.md').includes(read(file)), `docs/emulator.md has another ${file}`);
      });
    }
  }
});
