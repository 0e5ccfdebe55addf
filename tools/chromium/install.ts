/**
 * Brings the browser that test/browser/ looks at pages with: `node tools/chromium/install.ts`. One that is there is used as it
 * is; else Debian's own is installed, as root or where sudo asks for no password. Exits with 1 and says why where there is
 * none in the end; with `--if-possible` it exits with 0 all the same, and the tests that need a browser say that they skip.
 */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { chromiumVariable, findChromium } from './find.ts';

/** Western and Chinese letters, so that screenshots show what people see. The large families of Noto are not worth a minute. */
const packages = ['chromium', 'fonts-liberation', 'fonts-wqy-microhei'];

/** Another installation, as that of a machine that just started, may hold the lock for a while. */
const lockTimeoutSeconds = 120;
const networkTimeoutSeconds = 30;
const installWithinMs = 240_000;
const updateWithinMs = 90_000;

export type Outcome = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly text: string };

export function provideChromium(): Outcome {
  const present = findChromium();
  if (present) return { ok: true, text: `${present.version}: ${present.path}` };
  const named = process.env[chromiumVariable];
  if (named) return { ok: false, text: `${chromiumVariable} names ${named}, which does not run` };
  const problem = install();
  if (problem !== undefined) return { ok: false, text: problem };
  const installed = findChromium();
  if (!installed) return { ok: false, text: 'chromium was installed, but does not run' };
  return { ok: true, text: `installed ${installed.version}: ${installed.path}` };
}

/** @returns what stood in the way. */
function install(): string | undefined {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const probe = run([...asRoot, 'apt-get', '--version'], answerWithinMs);
  if (probe.status !== 0) {
    return asRoot.length === 0
      ? 'there is no apt-get to install chromium with'
      : 'installing chromium takes apt-get, and root or a sudo that asks for no password';
  }
  const aptGet = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', '-y', ...options];
  const attempt = (): SpawnSyncReturns<string> =>
    run([...aptGet, 'install', '--no-install-recommends', ...packages], installWithinMs);
  // The lists of a fresh machine are empty or old; of a machine in use they seldom are, and fetching them takes time.
  if (attempt().status === 0) return undefined;
  run([...aptGet, 'update'], updateWithinMs);
  const { status, stderr, error } = attempt();
  if (status === 0) return undefined;
  const last = stderr.trim().split('\n').at(-1) || error?.message || 'no reason given';
  return `apt-get could not install ${packages.join(', ')}: ${last}`;
}

const answerWithinMs = 20_000;

const options = [
  `DPkg::Lock::Timeout=${lockTimeoutSeconds}`,
  `Acquire::http::Timeout=${networkTimeoutSeconds}`,
  `Acquire::https::Timeout=${networkTimeoutSeconds}`,
  'Acquire::Retries=2',
].flatMap((option) => ['-o', option]);

const run = ([command = '', ...args]: readonly string[], timeout: number): SpawnSyncReturns<string> =>
  spawnSync(command, args, { encoding: 'utf8', timeout, stdio: ['ignore', 'pipe', 'pipe'] });

if (import.meta.main) {
  const { ok, text } = provideChromium();
  process.stdout.write(ok ? `${text}\n` : `No browser: ${text}. Tests in test/browser/ are skipped.\n`);
  process.exitCode = ok || process.argv.includes('--if-possible') ? 0 : 1;
}
