/** The runtimes that `install.ts` brought. Finds, and never installs. */

import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installed = fileURLToPath(new URL('node_modules', import.meta.url));

/**
 * Those that a test wants, beside the Node that runs it: where their programs are, and how they run a file (workerd: a
 * configuration) with everything allowed. Programs are taken from the packages of each system; what a package would put into `.bin` downloads when it is run.
 */
export const runtimes = {
  'node-20': { program: `node-20-${process.platform}-${process.arch}/bin/node`, run: [] },
  'node-22': { program: `node-22-${process.platform}-${process.arch}/bin/node`, run: [] },
  bun: { program: '@oven/bun-*/bin/bun', run: [] },
  workerd: { program: '@cloudflare/workerd-*/bin/workerd', run: ['serve'] },
  deno: { program: '@deno/*/deno', run: ['run', '--allow-all', '--quiet', '--no-remote'] },
} as const satisfies Readonly<Record<string, { readonly program: string; readonly run: readonly string[] }>>;

export type RuntimeName = keyof typeof runtimes;

/** Names runtimes, with commas between them, that have to be there: tests that want them fail then, and do not skip. */
export const runtimesVariable = 'HUFU_RUNTIMES';

/** Program and arguments; the file follows. `undefined` where it was not installed. */
export function findRuntime(name: RuntimeName, modules = installed): Command | undefined {
  const { program, run } = runtimes[name];
  const [path] = globSync(program, { cwd: modules });
  return path === undefined ? undefined : [join(modules, path), ...run];
}

export type Command = readonly [program: string, ...args: string[]];

/** For the `skip` of a test: why there is nothing to run, or false. */
export function noRuntime(
  name: RuntimeName,
  { modules = installed, required = process.env[runtimesVariable] ?? '' } = {},
): string | false {
  if (findRuntime(name, modules) || required.split(',').includes(name)) return false;
  return `no ${name} here: \`npm run runtimes\` installs it where npm has one for this system`;
}
