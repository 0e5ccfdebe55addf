/**
 * What goes wrong without it: documents and code drift apart. An operator sets an option that was renamed, a developer
 * looks up an error code that no longer exists, and a link leads nowhere. Each pair is compared in both directions.
 */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compareConfig } from './docs/config.ts';
import { compareErrors, plainCodes } from './docs/errors.ts';
import { brokenLinks } from './docs/links.ts';
import { compareReadmes } from './docs/readmes.ts';
import { compareStorage, tablesOf } from './docs/storage.ts';
import type { Check } from './report.ts';
import { type Tree, textOf } from './tree.ts';

const wire = [
  'packages/wire/src/sls/errors.ts',
  'packages/wire/src/pds/errors.ts',
  'packages/wire/src/scnet/errors.ts',
  'packages/wire/src/oauth/errors.ts',
];
const adminErrors = 'packages/server/src/http/admin/errors.ts';
const plainRefusals = 'packages/server/src/http/plain-refusal.ts';
const reasons = 'packages/server/src/core/reasons.ts';
const schema = 'packages/server/src/config/schema.ts';
const migrations = 'packages/server/src/stores/sqlite/migrations.ts';

/** Imports a module of the tree, after a clear word where it does not exist. */
async function load<Module>(root: string, tree: Tree, path: string): Promise<Module> {
  textOf(tree, path);
  return import(pathToFileURL(join(root, path)).href);
}

export function checkDocs(root: string, tree: Tree): Check[] {
  return [
    {
      name: 'docs/errors.md',
      run: async () => {
        const sources = wire.map((path) => load<{ readonly errorStatus: object }>(root, tree, path));
        const wireCodes = (await Promise.all(sources)).map(({ errorStatus }) => Object.keys(errorStatus));
        const admin = await load<typeof import('../packages/server/src/http/admin/errors.ts')>(root, tree, adminErrors);
        const codes = [...wireCodes, Object.keys(admin.adminErrors), plainCodes(textOf(tree, plainRefusals))];
        return compareErrors(textOf(tree, 'docs/errors.md'), textOf(tree, reasons), codes);
      },
    },
    {
      name: 'docs/config.md',
      run: async () => {
        const { configDocs } = await load<typeof import('../packages/server/src/config/schema.ts')>(root, tree, schema);
        const { pageWithTables } = await import('./write-config-docs.ts');
        const page = textOf(tree, 'docs/config.md');
        const stale =
          pageWithTables(page) === page ? [] : ['docs/config.md is stale: run node tools/write-config-docs.ts'];
        return [...compareConfig(page, configDocs()), ...stale];
      },
    },
    {
      name: 'docs/storage-schema.md',
      run: async () => {
        const steps = await load<typeof import('../packages/server/src/stores/sqlite/migrations.ts')>(
          root,
          tree,
          migrations,
        );
        return compareStorage(textOf(tree, 'docs/storage-schema.md'), tablesOf(steps.migrations.map(({ sql }) => sql)));
      },
    },
    { name: 'links', run: () => brokenLinks(tree, (path) => existsSync(join(root, path))) },
    { name: 'READMEs', run: () => compareReadmes(textOf(tree, 'README.md'), textOf(tree, 'README.zh-CN.md')) },
  ];
}
