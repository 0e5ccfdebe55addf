import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { findChromium } from './find.ts';

const installer = fileURLToPath(new URL('install.ts', import.meta.url));
const browser = 'echo "Chromium 150.0.1 for tests"';

/** A folder that stands for everything that a machine has to run. */
class Machine implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'hufu-machine-'));

  constructor(programs: Readonly<Record<string, string>> = {}) {
    for (const [name, script] of Object.entries(programs)) this.add(name, script);
  }

  add(name: string, script: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
    return path;
  }

  find(more: NodeJS.ProcessEnv = {}): string | undefined {
    return findChromium({ PATH: this.folder, ...more })?.path;
  }

  /** What the script says and exits with; `sudo` is there for those who are not root. */
  install(
    args: readonly string[] = [],
    more: NodeJS.ProcessEnv = {},
  ): { readonly exitCode: number | null; readonly text: string } {
    this.add('sudo', 'shift; exec "$@"');
    this.add('env', 'exec /usr/bin/env "$@"');
    const { status, stdout } = spawnSync(process.execPath, [installer, ...args], {
      encoding: 'utf8',
      env: { PATH: this.folder, LOG: join(this.folder, 'log'), BROWSER: join(this.folder, 'chromium'), ...more },
    });
    return { exitCode: status, text: stdout };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Installs where its lists were fetched before, as on a machine that just started. */
const freshAptGet = `
case "$*" in
  --version) exit 0 ;;
  *update*) touch "$LOG" ;;
  *install*) [ -e "$LOG" ] || { echo 'E: Unable to locate package chromium' >&2; exit 100; }
    printf '#!/bin/sh\\n${browser}\\n' > "$BROWSER"; /bin/chmod 755 "$BROWSER" ;;
esac`.replace('touch "$LOG"', ': > "$LOG"');

const failingAptGet = `
[ "$*" = --version ] && exit 0
echo 'E: Unable to fetch some archives' >&2; exit 100`;

suite('the browser of a machine', () => {
  test('is found by any of its names', () => {
    for (const name of ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']) {
      using machine = new Machine({ [name]: browser });
      assert.equal(machine.find(), join(machine.folder, name));
    }
  });

  test('is not what only says how one could be installed', () => {
    using machine = new Machine({ chromium: 'echo "Please install it"; exit 1', 'chromium-browser': 'echo later' });
    assert.equal(machine.find(), undefined);
  });

  test('is the one that is named, and no other where that does not run', () => {
    using machine = new Machine({ chromium: browser });
    const named = machine.add('mine', browser);
    assert.equal(machine.find({ HUFU_CHROMIUM: named }), named);
    assert.equal(machine.find({ HUFU_CHROMIUM: `${named}-not` }), undefined);
  });

  test('is used as it is where there is one', () => {
    using machine = new Machine({ chromium: browser, 'apt-get': 'exit 1' });
    const { exitCode, text } = machine.install();
    assert.deepEqual([exitCode, text], [0, `Chromium 150.0.1 for tests: ${join(machine.folder, 'chromium')}\n`]);
  });

  test('is installed where there is none, with fresh lists of packages if need be', () => {
    using machine = new Machine({ 'apt-get': freshAptGet });
    const { exitCode, text } = machine.install();
    assert.equal(exitCode, 0, text);
    assert.match(text, /^installed Chromium 150/);
  });

  test('is not installed in place of one that is named and does not run', () => {
    using machine = new Machine({ 'apt-get': freshAptGet });
    const { exitCode, text } = machine.install([], { HUFU_CHROMIUM: '/nowhere' });
    assert.equal(exitCode, 1);
    assert.match(text, /HUFU_CHROMIUM names \/nowhere, which does not run/);
  });

  for (const [rule, programs, reason] of [
    ['there is nothing to install it with', {}, /apt-get/],
    ['it cannot be installed', { 'apt-get': failingAptGet }, /could not install .*: E: Unable to fetch some archives/],
    ['what was installed does not run', { 'apt-get': 'exit 0' }, /was installed, but does not run/],
  ] as const) {
    test(`is done without, in words and with an exit code, where ${rule}`, () => {
      using machine = new Machine(programs);
      const { exitCode, text } = machine.install();
      assert.equal(exitCode, 1);
      assert.match(text, reason);
      assert.match(text, /Tests in test\/browser\/ are skipped\.\n$/);
      assert.equal(machine.install(['--if-possible']).exitCode, 0);
    });
  }
});
