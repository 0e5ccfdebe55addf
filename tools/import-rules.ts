/** Who may import whom, as data: ARCHITECTURE.md says it in words. `check-imports.ts` holds every source file to it. */

export interface ImportRule {
  /** A folder (with `/` at its end) or a file; `<x>` stands for one name. The longest that fits a file is its rule. */
  readonly for: string;
  /**
   * What it may import beside itself: folders, files, packages, and `node:` for all of Node's modules.
   * `<x>` is the name found above, `*` any name, a lone `**` everything.
   */
  readonly may: readonly string[];
  /** What it may not import in spite of `may`. */
  readonly never?: readonly string[];
  /** Globals that it may not touch. */
  readonly untouched?: readonly RegExp[];
}

const server = 'packages/server/src/';

const clocks = [/\bDate\.now\b/, /\bDate\(\s*\)/, /\bperformance\b/, /\bset(?:Timeout|Interval|Immediate)\b/];
const chance = [/\bMath\.random\b/, /\bcrypto\b/];
const node = [/\bprocess\b/, /\bBuffer\b/, /\brequire\b/, /\bglobalThis\b/];

export const importRules: readonly ImportRule[] = [
  { for: 'packages/wire/src/', may: [], untouched: [...clocks, ...chance, ...node] },
  { for: `${server}core/`, may: [], untouched: [...clocks, ...chance, ...node] },
  { for: `${server}service/`, may: [`${server}core/`] },
  { for: `${server}service/permission-document.ts`, may: [`${server}core/`, 'zod'] },
  {
    // A whole world for tests: the real store and the real key ring under a clock that is set.
    for: `${server}service/session.sample.ts`,
    may: [`${server}core/`, `${server}service/`, `${server}keys/`, `${server}stores/sqlite/`],
  },
  { for: `${server}dialects/dialect.ts`, may: [`${server}core/`] },
  { for: `${server}dialects/registry.ts`, may: [`${server}core/`, `${server}dialects/dialect.ts`] },
  {
    for: `${server}dialects/<x>/`,
    may: [`${server}core/`, `${server}dialects/dialect.ts`, '@hufu/wire/<x>'],
    untouched: [...clocks, ...chance],
  },
  { for: `${server}stores/<x>/`, may: [`${server}core/`, `${server}service/ports.ts`, 'node:'], never: ['node:test'] },
  {
    for: `${server}stores/suite/`,
    may: [`${server}core/`, `${server}service/ports.ts`, 'node:', 'node:assert/strict', 'fast-check'],
  },
  { for: `${server}keys/`, may: [`${server}core/`, `${server}service/ports.ts`, 'node:crypto', 'node:util'] },
  {
    for: `${server}http/`,
    may: [
      `${server}core/`,
      `${server}service/`,
      `${server}dialects/dialect.ts`,
      `${server}dialects/registry.ts`,
      '@hufu/wire/oauth',
      'fastify',
      'pino',
      'prom-client',
      'zod',
      'node:',
    ],
    never: ['node:sqlite', 'node:test'],
  },
  {
    for: `${server}config/`,
    // What an operator may set of a dialect, and its default, is the dialect's own to say.
    may: [`${server}core/`, `${server}dialects/*/options.ts`, 'zod', 'yaml', 'node:fs', 'node:path'],
  },
  { for: `${server}emulator/`, may: ['**'], never: [`${server}cli/`] },
  { for: `${server}cli/`, may: ['**'] },
  { for: `${server}compose.ts`, may: ['**'], never: [`${server}cli/`, `${server}emulator/`] },
  { for: `${server}spoken.ts`, may: [`${server}core/`, `${server}config/`, `${server}dialects/`, `${server}keys/`] },
  { for: `${server}index.ts`, may: ['**'], never: [`${server}cli/`, `${server}emulator/`] },
  { for: `${server}version.ts`, may: ['node:fs'] },
];

/** What tests may import of other packages. */
export const forTests: readonly string[] = ['packages/*/src/*/golden/'];
