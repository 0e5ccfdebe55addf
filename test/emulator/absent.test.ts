/** Nothing of the emulator can be reached in `hufu serve`: no module is loaded, no route answers, no flag is taken. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, it } from 'node:test';
import { importsOf } from '../../tools/check-imports.ts';
import { firstLine, repository, start } from '../harness/dev.ts';
import { admin, install, serve } from '../harness/serve.ts';

const source = 'packages/server/src';

/** Everything that a file leads to. `dynamic`: what it may load later as well. */
function reached(entry: string, dynamic: boolean): Set<string> {
  const seen = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const text = readFileSync(join(repository, path), 'utf8');
    const imports = importsOf(dynamic ? text : text.replace(/\bimport\(/g, 'later(').replace(typesOnly, ''));
    for (const specifier of imports)
      if (specifier.startsWith('.')) visit(relative(repository, join(repository, dirname(path), specifier)));
  };
  visit(entry);
  return seen;
}

/** What is gone when the program runs. */
const typesOnly = /^(?:import|export) type\b[^;]*;/gm;

const ofEmulator = (paths: Iterable<string>): string[] =>
  [...paths].filter((path) => path.startsWith(`${source}/emulator/`) || path === `${source}/testing.ts`);

/** Tells of each module of the emulator that a process loads. */
const teller = `--import=data:text/javascript,${encodeURIComponent(
  `import { registerHooks } from 'node:module';
   registerHooks({ load: (url, context, next) => {
     if (/\\/src\\/(?:emulator\\/|testing\\.)/.test(url)) process.stderr.write('LOADED ' + url + '\\n');
     return next(url, context);
   } });`,
)}`;

describe('no import', () => {
  for (const entry of ['compose.ts', 'index.ts', 'cli/serve.ts', 'http/build.ts', 'config/load.ts']) {
    it(`leads from ${entry} to the emulator, now or later`, () => {
      assert.deepEqual(ofEmulator(reached(`${source}/${entry}`, true)), []);
    });
  }

  it('leads from the command to the emulator before it is asked for', () => {
    assert.deepEqual(ofEmulator(reached(`${source}/cli/main.ts`, false)), []);
    assert.notDeepEqual(ofEmulator(reached(`${source}/cli/main.ts`, true)), []);
  });

  it('of it happens while a server runs, though one of an emulator would be seen', async () => {
    await using installation = await install({ NODE_OPTIONS: teller });
    await using server = await serve(installation);
    await admin(installation, server.url, 'GET', '/openapi.json');
    await server.stop('SIGTERM');
    assert.doesNotMatch(server.output(), /LOADED/);

    const before = process.env.NODE_OPTIONS;
    process.env.NODE_OPTIONS = teller;
    await using dev = start('dev', '--port', '0', '--json');
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
    await firstLine(dev);
    dev.process.kill('SIGTERM');
    assert.match(await dev.errors, /LOADED .*\/emulator\/start\.ts/);
  });
});

describe('no route', () => {
  it('of the emulator is there, nor a word of one, for who holds the admin token', async () => {
    await using installation = await install();
    await using server = await serve(installation);
    const headers = { authorization: `Bearer ${installation.env.HUFU_ADMIN_TOKEN}` };
    for (const path of ['clock', 'faults', 'requests', 'reset', '']) {
      for (const method of ['GET', 'POST', 'DELETE']) {
        const answer = await fetch(`${server.url}/admin/v1/dev/${path}`, { method, headers });
        assert.equal(answer.status, 404, `${method} ${path}`);
        await answer.arrayBuffer();
      }
    }
    const document = JSON.stringify(await admin(installation, server.url, 'GET', '/openapi.json'));
    assert.match(document, /\/admin\/v1\/tenants/);
    assert.doesNotMatch(document, /\/dev\/|resetEmulator|setClock|addFault/);
  });
});

describe('no flag', () => {
  for (const flag of ['--seed=tally', '--clock=2024-10-30T03:02:45Z', '--parent']) {
    it(`${flag} is taken by hufu serve`, async () => {
      await using served = start('serve', flag);
      assert.equal(await served.exited, 2);
      assert.match(await served.errors, /unknown option/);
    });
  }

  for (const option of ['dev.clock', 'emulator.seed', 'server.faults']) {
    it(`and no option ${option}`, async () => {
      await using served = start('serve', '--set', `${option}=1`);
      assert.equal(await served.exited, 2);
    });
  }
});
