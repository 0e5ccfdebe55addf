/**
 * Brings the runtimes that test/packages/ tries the packed client on: `node tools/runtimes/install.ts`. They come by npm, after
 * a lock of their own, and nothing of them is run on the way. What is there is kept. Exits with 1 and says why where that cannot
 * be done; with `--if-possible` it exits with 0 all the same, and the tests that need one say that they skip.
 */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const installWithinMs = 240_000;

type Npm = (at: string) => Pick<SpawnSyncReturns<string>, 'status' | 'stderr' | 'error'>;

/** Nothing that is installed runs its own scripts: Bun's would download once more. */
const ci: Npm = (at) =>
  spawnSync('npm', ['ci', '--ignore-scripts', '--prefer-offline'], {
    cwd: at,
    encoding: 'utf8',
    timeout: installWithinMs,
  });

/** @returns what stood in the way. */
export function provideRuntimes(at: string, npm: Npm = ci): string | undefined {
  const wanted = readFileSync(join(at, 'package-lock.json'), 'utf8');
  const noted = join(at, 'node_modules/.installed-lock.json');
  if (existsSync(noted) && readFileSync(noted, 'utf8') === wanted) return undefined;
  const { status, stderr, error } = npm(at);
  if (status === 0) {
    mkdirSync(join(at, 'node_modules'), { recursive: true });
    writeFileSync(noted, wanted);
    return undefined;
  }
  const said = (stderr ?? '').matchAll(/^npm error (?!A complete log)(.+)$/gm);
  const [code = error?.message ?? 'no reason given', why = ''] = [...said].map(([, words]) => words);
  return `${code} ${why}`.trim();
}

if (import.meta.main) {
  const problem = provideRuntimes(fileURLToPath(new URL('.', import.meta.url)));
  process.stdout.write(
    problem === undefined
      ? 'The runtimes of test/packages/ are there.\n'
      : `No other runtimes: ${problem}. Tests of test/packages/ that need one are skipped.\n`,
  );
  process.exitCode = problem === undefined || process.argv.includes('--if-possible') ? 0 : 1;
}
