/** The tables of docs/client/ say what there is: every option of the policy with its default, every event, every entry. */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { transform } from 'esbuild';
import { defaultPolicy } from '../../packages/client/src/index.ts';
import { relativeLinks, tableRows } from '../../tools/markdown.ts';
import { repository } from '../harness/dev.ts';

const read = (path: string): string => readFileSync(join(repository, path), 'utf8');
const page = (name: string): string => read(`docs/client/${name}.md`);
const under = (name: string, heading: string) => tableRows(page(name)).filter((row) => row.heading === heading);

describe('docs/client/token-source.md', () => {
  it('has each option of the policy with its default', () => {
    const rows = under('token-source', 'When it refreshes').map(({ name, cells }) => [
      name,
      cells[1]?.replaceAll('`', ''),
    ]);
    assert.deepEqual(
      rows,
      Object.entries(defaultPolicy).map(([name, value]) => [name, String(value)]),
    );
  });

  it('has each event with what it tells', () => {
    const [, events = ''] =
      /interface TokenEvents \{([\s\S]+?)\n\}/.exec(read('packages/client/src/core/events.ts')) ?? [];
    const flat = events.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/\s+/g, ' ');
    const declared = [...flat.matchAll(/(?:'([\w.]+)'|(\w+)): Facts(?: & \{([^}]*)\})?;/g)].map(
      ([, quoted, plain, members = '']) => [
        quoted ?? plain,
        [...members.matchAll(/readonly (\w+):/g)].map(([, member]) => `\`${member}\``).join(', '),
      ],
    );
    assert.ok(declared.length > 10);
    assert.deepEqual(
      under('token-source', 'Events').map(({ name, cells }) => [name, cells[1]]),
      declared,
    );
  });
});

describe('docs/client/README.md', () => {
  it('names every page, and leads to every example', () => {
    const index = page('README');
    const pages = readdirSync(join(repository, 'docs/client')).filter((name) => name !== 'README.md');
    assert.deepEqual(
      pages.filter((name) => !index.includes(name)),
      [],
    );
    const links = relativeLinks(index);
    const examples = readdirSync(join(repository, 'examples/client'));
    const isNamed = (name: string): boolean => links.some((link) => link.startsWith(`../../examples/client/${name}`));
    assert.deepEqual(
      examples.filter((name) => !isNamed(name)),
      [],
    );
  });
});

describe('docs/client/', () => {
  it('has no block of code that is none', async () => {
    for (const name of readdirSync(join(repository, 'docs/client'))) {
      for (const [, code = ''] of read(`docs/client/${name}`).matchAll(/^```ts\n([\s\S]*?)^```$/gm)) {
        await assert.doesNotReject(transform(code, { loader: 'ts', logLevel: 'silent' }), name);
      }
    }
  });

  it('imports nothing that the package does not have', async () => {
    const { exports }: { readonly exports: Readonly<Record<string, string>> } = JSON.parse(
      read('packages/client/package.json'),
    );
    const files = readdirSync(join(repository, 'docs/client')).map((name) => `docs/client/${name}`);
    for (const file of [...files, 'README.md', 'README.zh-CN.md']) {
      const text = read(file);
      const named = [...text.matchAll(/@hufu\/client(\/[\w/]+)?/g)].map(([, path = '']) => `.${path}`);
      assert.deepEqual(
        named.filter((name) => !(name in exports)),
        [],
        file,
      );
      for (const [, names = '', path = ''] of text.matchAll(/import \{([^}]+)\} from '@hufu\/client(\/[\w/]+)?'/g)) {
        const module: object = await import(join(repository, 'packages/client', exports[`.${path}`] ?? 'none'));
        const values = names.split(',').map((name) => name.trim());
        assert.deepEqual(
          values.filter((name) => name !== '' && !name.startsWith('type ') && !(name in module)),
          [],
          `${file} imports from .${path}`,
        );
      }
    }
  });
});
