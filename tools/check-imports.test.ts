import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkImports, importsOf } from './check-imports.ts';
import { importRules } from './import-rules.ts';

const check = (path: string, source: string): string[] => checkImports(new Map([[path, source]]));
const server = 'packages/server/src';
const importing = (target: string): string => `import { a } from '${target}';\n`;

describe('who may import whom', () => {
  const allowed: [path: string, target: string][] = [
    ['packages/wire/src/sls/signature.ts', './facts.ts'],
    [`${server}/core/grant.ts`, './time.ts'],
    [`${server}/service/issue.ts`, '../core/issue.ts'],
    [`${server}/service/issue.ts`, './ports.ts'],
    [`${server}/dialects/sls/request.ts`, '@hufu/wire/sls'],
    [`${server}/dialects/sls/request.ts`, '../dialect.ts'],
    [`${server}/stores/sqlite/writer.ts`, 'node:worker_threads'],
    [`${server}/stores/suite/grants.ts`, 'node:test'],
    [`${server}/keys/sealing.ts`, 'node:crypto'],
    [`${server}/http/app.ts`, 'fastify'],
    [`${server}/http/app.ts`, 'node:timers/promises'],
    [`${server}/http/admin/grants.ts`, '../send.ts'],
    [`${server}/http/app.ts`, '../service/execute.ts'],
    [`${server}/config/load.ts`, 'yaml'],
    [`${server}/emulator/seed.ts`, '../compose.ts'],
    [`${server}/cli/dev.ts`, '../emulator/start.ts'],
    [`${server}/compose.ts`, './stores/sqlite/open.ts'],
  ];
  for (const [path, target] of allowed) {
    it(`${path} may import ${target}`, () => assert.deepEqual(check(path, importing(target)), []));
  }

  const refused: [path: string, target: string][] = [
    ['packages/wire/src/sls/signature.ts', 'node:crypto'],
    ['packages/wire/src/sls/signature.ts', 'hufu'],
    [`${server}/core/grant.ts`, 'node:crypto'],
    [`${server}/core/grant.ts`, '../service/ports.ts'],
    [`${server}/core/grant.ts`, 'zod'],
    [`${server}/service/issue.ts`, '../stores/sqlite/open.ts'],
    [`${server}/service/issue.ts`, '../dialects/dialect.ts'],
    [`${server}/service/issue.ts`, '../http/app.ts'],
    [`${server}/service/issue.ts`, 'node:sqlite'],
    [`${server}/dialects/sls/request.ts`, '../pds/request.ts'],
    [`${server}/dialects/sls/request.ts`, '@hufu/wire/pds'],
    [`${server}/dialects/sls/request.ts`, '../registry.ts'],
    [`${server}/dialects/sls/request.ts`, '../../service/issue.ts'],
    [`${server}/stores/sqlite/writer.ts`, '../postgres/writer.ts'],
    [`${server}/stores/sqlite/writer.ts`, '../../service/issue.ts'],
    [`${server}/stores/sqlite/writer.ts`, 'node:test'],
    [`${server}/stores/sqlite/writer.ts`, '../suite/grants.ts'],
    [`${server}/keys/sealing.ts`, '../stores/sqlite/open.ts'],
    [`${server}/keys/sealing.ts`, 'node:fs'],
    [`${server}/http/app.ts`, '../stores/sqlite/open.ts'],
    [`${server}/http/app.ts`, 'node:sqlite'],
    [`${server}/http/app.ts`, '../dialects/sls/index.ts'],
    [`${server}/http/app.ts`, '../compose.ts'],
    [`${server}/config/load.ts`, '../dialects/sls/request.ts'],
    [`${server}/emulator/seed.ts`, '../cli/dev.ts'],
    [`${server}/compose.ts`, './emulator/seed.ts'],
    [`${server}/core/grant.ts`, './grant.sample.ts'],
    [`${server}/compose.ts`, './core/grant.test.ts'],
  ];
  for (const [path, target] of refused) {
    it(`${path} may not import ${target}`, () => assert.equal(check(path, importing(target)).length, 1));
  }

  it('finds every problem of a file', () => {
    const source = importing('node:crypto') + importing('zod') + importing('./ids.ts');
    assert.equal(check(`${server}/core/grant.ts`, source).length, 2);
  });

  it('asks for a rule where a folder has none', () => {
    assert.match(check(`${server}/attic/a.ts`, '')[0] ?? '', /no rule/);
    assert.match(check(`${server}/stores/a.ts`, '')[0] ?? '', /no rule/);
  });

  it('lets tests import all of their own package and golden files of others, but no other source', () => {
    const path = `${server}/core/grant.test.ts`;
    assert.deepEqual(check(path, importing('node:crypto') + importing('../stores/sqlite/open.ts')), []);
    assert.deepEqual(check(path, importing('../../../wire/src/sls/golden/recorded.ts')), []);
    assert.equal(check(path, importing('../../../wire/src/sls/facts.ts')).length, 1);
  });

  it('looks at packages only', () => assert.deepEqual(check('tools/a.ts', importing('node:fs')), []));

  it('has one rule for each place', () => {
    assert.equal(new Set(importRules.map((rule) => rule.for)).size, importRules.length);
  });
});

describe('clock, chance and runtime', () => {
  const touched: [path: string, code: string][] = [
    [`${server}/core/time.ts`, 'Date.now()'],
    [`${server}/core/time.ts`, 'new Date()'],
    [`${server}/core/time.ts`, 'performance.now()'],
    [`${server}/core/time.ts`, 'setTimeout(run, 1)'],
    [`${server}/core/ids.ts`, 'Math.random()'],
    [`${server}/core/ids.ts`, 'crypto.randomUUID()'],
    [`${server}/core/ids.ts`, '`$' + '{Math.random()}`'],
    [`${server}/core/ids.ts`, "Buffer.from('')"],
    [`${server}/dialects/sls/request.ts`, 'Date.now()'],
    ['packages/wire/src/sls/claims.ts', "Buffer.from('')"],
    ['packages/wire/src/sls/claims.ts', 'process.env'],
  ];
  for (const [path, code] of touched) {
    it(`${path} may not use ${code}`, () => assert.equal(check(path, `const a = ${code};\n`).length, 1));
  }

  it('may be spoken of in comments and strings', () => {
    const words = "/** No Date.now, no Math.random, no crypto. */\nconst a = 'performance';\n";
    assert.deepEqual(check(`${server}/core/time.ts`, words), []);
  });

  it('do not forbid a date that is computed from an instant', () => {
    assert.deepEqual(check(`${server}/dialects/sls/time.ts`, 'const a = new Date(atMs).toUTCString();'), []);
  });

  it('are free for the service', () => assert.deepEqual(check(`${server}/service/a.ts`, 'Date.now()'), []));
});

describe('imports of a file', () => {
  it('are found in every form', () => {
    const source = [
      "import a from 'one';",
      "import type { b } from 'two';",
      "import {\n  c,\n  d,\n} from 'three';",
      "import 'four';",
      "export * from 'five';",
      "export { e } from 'six';",
      "const f = await import('seven');",
      "import json from './eight.json' with { type: 'json' };",
    ].join('\n');
    const names = ['one', 'two', 'three', 'four', 'five', 'six', './eight.json', 'seven'];
    assert.deepEqual(importsOf(source), names);
  });

  it('are not seen in other code', () => {
    const source =
      "export const from = 'one';\nexport function a(): void {}\nconst text = 'from';\n// import b from 'two';";
    assert.deepEqual(importsOf(source), []);
  });
});
