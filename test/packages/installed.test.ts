/** The packages as they are published, in a project that installed them: their types, and the client on every runtime. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { type Command, findRuntime, noRuntime, type RuntimeName } from '../../tools/runtimes/find.ts';
import { noBrowser, openBrowser } from '../browser/browser.ts';
import { listen } from '../harness/listen.ts';
import { checks, type Demo } from './checks.ts';
import { compile, type Surroundings } from './compile.ts';
import { type Consumer, openConsumer } from './consumer.ts';
import type { Outcome } from './outcomes.ts';
import { programChecks } from './program-checks.ts';
import { bundle, stage } from './stage.ts';
import { runWorkerd } from './workerd.ts';

const runWithinMs = 60_000;

/** Of a server that was there a moment ago. */
async function addressOfNobody(): Promise<string> {
  await using server = await listen({});
  return server.url;
}

function commandOf(name: RuntimeName): Command {
  const command = findRuntime(name);
  assert.ok(command, `${name} has to be here, and is not`);
  return command;
}

suite('what npm installs', () => {
  let consumer: Consumer;
  let emulator: Emulator;
  let program: string;
  let demo: Demo;
  before(async () => {
    consumer = openConsumer();
    program = stage(consumer);
    emulator = await startEmulator();
    demo = { ...emulator.description, nobody: await addressOfNobody() };
    consumer.write('demo.json', JSON.stringify(demo));
  });
  after(async () => {
    consumer[Symbol.dispose]();
    await emulator.stop();
  });

  const platforms: Readonly<Record<string, Pick<Surroundings, 'lib' | 'types'>>> = {
    'neither the DOM nor Node': { lib: ['es2023'], types: [] },
    'the DOM alone': { lib: ['es2023', 'dom', 'dom.iterable'], types: [] },
    'Node alone': { lib: ['es2023'], types: ['node'] },
  };
  for (const resolution of ['nodenext', 'bundler'] as const) {
    for (const [name, platform] of Object.entries(platforms)) {
      test(`types: every entry compiles where ${name} is known, by ${resolution}`, () => {
        const programs = ['anywhere.ts', ...(name.startsWith('neither') ? [] : ['platform.ts'])];
        for (const file of programs) {
          consumer.write(file, readFileSync(new URL(`usage/${file}`, import.meta.url), 'utf8'));
        }
        consumer.write(
          'entries.ts',
          consumer.entries.map((entry, at) => `export * as e${at} from '${entry}';`).join('\n'),
        );
        assert.equal(compile(consumer, ['entries.ts', ...programs], { resolution, ...platform }), '');
      });
    }
  }

  async function run(command: Command): Promise<readonly Outcome[]> {
    const [file, ...args] = command;
    const options = { cwd: consumer.folder, timeout: runWithinMs };
    const { stdout } = await promisify(execFile)(file, [...args, program], options);
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line): Outcome => JSON.parse(line));
  }

  function judge(outcomes: readonly Outcome[], wanted: object): void {
    for (const { name, problem } of outcomes) assert.equal(problem, null, name);
    assert.deepEqual(
      outcomes.map(({ name }) => name),
      Object.keys(wanted),
    );
  }

  test('the end-to-end suite passes on the Node that runs this', async () => {
    judge(await run([process.execPath]), { ...checks, ...programChecks });
  });

  for (const name of ['node-20', 'node-22', 'bun', 'deno'] as const) {
    test(`the end-to-end suite passes on ${name}`, { skip: noRuntime(name) }, async () => {
      judge(await run(commandOf(name)), { ...checks, ...programChecks });
    });
  }

  test('the end-to-end suite passes on workerd', { skip: noRuntime('workerd') }, async () => {
    judge(await runWorkerd(commandOf('workerd'), consumer, demo, runWithinMs), checks);
  });

  async function commandOn([node, ...args]: Command): Promise<void> {
    const { accessKeyId, accessKeySecret } = demo.sls;
    const home = join(consumer.folder, `home-${randomUUID()}`);
    const env = { PATH: process.env.PATH, HOME: home, HUFU_STORAGE: 'file', SECRET: accessKeySecret };
    const hufu = async (...words: readonly string[]): Promise<string> => {
      const file = join(consumer.folder, 'node_modules', '.bin', 'hufu-client');
      return (await promisify(execFile)(node, [...args, file, ...words], { env, timeout: runWithinMs })).stdout;
    };
    const set = ['--set', `accessKeyId=${accessKeyId}`, '--set', `endpoint=${demo.url}`];
    const place = ['--secret', 'accessKeySecret=env:SECRET'];
    assert.equal(await hufu('profile', 'add', 'logs', '--provider', 'sls', ...set, ...place), 'added logs\n');
    const token = await hufu('token', 'logs');
    assert.match(token, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.equal(await hufu('token', 'logs', '--offline'), token);
  }

  test('the command gets a token on the Node that runs this', () => commandOn([process.execPath]));

  for (const name of ['node-20', 'node-22'] as const) {
    test(`the command gets a token on ${name}`, { skip: noRuntime(name) }, async () => {
      await commandOn(commandOf(name));
    });
  }

  test('the end-to-end suite passes in Chromium', { skip: noBrowser }, async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      const address = `${emulator.url}/a-page-of-the-test`;
      await page.route(address, (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
      await page.goto(address);
      await page.addScriptTag({ content: await bundle(consumer, 'page') });
      const asking = `endToEnd.outcomesOf(endToEnd.checks, ${JSON.stringify(demo)})`;
      judge(await page.evaluate(asking), checks);
    } finally {
      await browser.close();
    }
  });
});
