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
const client = 'packages/client/src/';

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
  {
    for: `${server}server-parts.ts`,
    may: ['**'],
    never: [`${server}cli/`, `${server}emulator/`, `${server}compose.ts`],
  },
  { for: `${server}spoken.ts`, may: [`${server}core/`, `${server}config/`, `${server}dialects/`, `${server}keys/`] },
  { for: `${server}index.ts`, may: ['**'], never: [`${server}cli/`, `${server}emulator/`] },
  // The emulator for other people's tests.
  { for: `${server}testing.ts`, may: [`${server}emulator/`] },
  { for: `${server}version.ts`, may: ['node:fs'] },

  // The client's core runs in browsers, too: no module of Node, no global that is only Node's.
  { for: `${client}core/`, may: [], untouched: [...clocks, ...chance, ...node] },
  { for: `${client}core/clock.ts`, may: [`${client}core/`], untouched: [...chance, ...node] },
  // Asks the compiler, at no time the program, for the platform's types.
  { for: `${client}core/platform.ts`, may: [`${client}core/`], untouched: clocks },
  { for: `${client}core/random.ts`, may: [`${client}core/`], untouched: [...clocks, ...node] },
  {
    // A world for tests: a server of single-use refresh tokens under a clock that is set.
    for: `${client}core/source.sample.ts`,
    may: [`${client}core/`, `${client}testing/`, 'node:assert/strict', 'node:test', 'node:timers/promises'],
  },
  {
    // The other side of the wire for tests of providers.
    for: `${client}core/context.sample.ts`,
    may: [`${client}core/`, `${client}testing/`, 'node:assert/strict'],
  },
  // Where WebCrypto is touched, so that providers need not.
  { for: `${client}core/crypto/`, may: [`${client}core/`], untouched: [...clocks, /\bMath\.random\b/, ...node] },
  {
    for: `${client}providers/<x>/`,
    may: [`${client}core/`, '@hufu/wire/<x>'],
    untouched: [...clocks, ...chance, ...node],
  },
  {
    for: `${client}providers/oauth2/`,
    may: [`${client}core/`, 'oauth4webapi'],
    untouched: [...clocks, ...chance, ...node],
  },
  {
    // Where credentials lie on a machine: environment, profile files.
    for: `${client}credentials/`,
    may: [`${client}core/`, 'node:fs/promises', 'node:os', 'node:path', 'node:process'],
  },
  { for: `${client}stores/`, may: [`${client}core/`], untouched: node },
  { for: `${client}files/`, may: [`${client}core/`, 'node:'], never: ['node:test'] },
  { for: `${client}stores/file/`, may: [`${client}core/`, `${client}files/`, 'node:'], never: ['node:test'] },
  {
    for: `${client}stores/keychain/`,
    may: [`${client}core/`, `${client}files/`, `${client}stores/`, `${client}locks/file/`, '@napi-rs/keyring', 'node:'],
    never: ['node:test'],
  },
  { for: `${client}locks/`, may: [`${client}core/`], untouched: node },
  { for: `${client}locks/file/`, may: [`${client}core/`, `${client}files/`, 'node:'], never: ['node:test'] },
  { for: `${client}http/shapes.ts`, may: [], untouched: [...clocks, ...chance] },
  { for: `${client}http/`, may: [`${client}core/`], untouched: [...clocks, ...chance, ...node] },
  { for: `${client}adapters/`, may: [`${client}core/`, `${client}http/`], untouched: [...clocks, ...node] },
  { for: `${client}embed/`, may: [`${client}core/`, '@hufu/wire/sls'], untouched: [...chance, ...node] },
  { for: `${client}testing/`, may: [`${client}core/`], untouched: node },
  { for: `${client}cli/`, may: ['**'] },
  // Manners on a terminal and in scripts, which both commands have: nothing of tokens.
  { for: `${client}cli/terminal/`, may: ['commander', 'open', 'node:'], never: ['node:test'] },
  // Node with everything: which store, which lock, where the data folder is.
  { for: `${client}node/`, may: ['**'], never: [`${client}cli/`] },
  { for: `${client}index.ts`, may: [`${client}core/`] },
];

/** What tests may import of other packages. */
export const forTests: readonly string[] = ['packages/*/src/*/golden/'];
