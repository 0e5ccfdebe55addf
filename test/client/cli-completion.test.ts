/** Completion in the shells themselves: bash, and those of zsh and fish that this machine has. */

import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { bin as clientBin, type Home, openHome } from './commands.ts';

const execute = promisify(execFile);
let home: Home;
/** With `hufu-client` on the path, as an installation has it. */
let env: NodeJS.ProcessEnv;

before(async () => {
  home = openHome();
  for (const name of ['logs', 'loud']) {
    await home.output([
      'profile',
      'add',
      name,
      '--provider',
      'sls',
      '--set',
      'accessKeyId=a',
      '--secret',
      'accessKeySecret=env:S',
    ]);
  }
  const bin = join(home.folder, 'bin');
  await mkdir(bin);
  const starter = `#!/bin/sh\nexec '${process.execPath}' '${clientBin}' "$@"\n`;
  await writeFile(join(bin, 'hufu-client'), starter, { mode: 0o755 });
  await writeFile(join(home.folder, 'secret file.pem'), '');
  env = { ...home.env, PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: home.folder };
});
after(() => home[Symbol.dispose]());

/** Runs a script in a shell, in the home. */
async function inShell(shell: string, args: readonly string[], script: string): Promise<readonly string[]> {
  const { stdout, stderr } = await execute(shell, [...args, script], { env, cwd: home.folder });
  assert.equal(stderr, '');
  return stdout.split('\n').filter((line) => line !== '');
}

/**
 * What bash would offer, the last word being the one at the cursor. As Readline does it, "=" is a word of its own, and the name of
 * the function is what `complete -p` says.
 */
const inBash = (...words: readonly string[]): Promise<readonly string[]> =>
  inShell(
    'bash',
    ['--norc', '--noprofile', '-c'],
    `source <(hufu-client completion bash)
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    current="\${COMP_WORDS[COMP_CWORD]}"
    [[ $(complete -p hufu-client) =~ -F\\ ([^ ]+) ]]
    "\${BASH_REMATCH[1]}" hufu-client "\${current#=}" "\${COMP_WORDS[COMP_CWORD-1]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`,
  );

const isInstalled = (shell: string): boolean => {
  try {
    execFileSync(shell, ['-c', 'exit 0']);
    return true;
  } catch {
    return false;
  }
};

describe('completion in bash', () => {
  it('offers commands, profiles, options and their values', async () => {
    assert.deepEqual(await inBash('hufu-client', 'git-'), ['git-credential']);
    assert.deepEqual(await inBash('hufu-client', 'token', 'lo'), ['logs', 'loud']);
    assert.deepEqual(await inBash('hufu-client', 'token', 'logs', '--off'), ['--offline']);
    assert.deepEqual(await inBash('hufu-client', 'token', 'logs', '--format', 'a'), ['aws', 'aliyun']);
    assert.deepEqual(await inBash('hufu-client', 'link', 'dash'), ['dashboard']);
  });

  it('knows that = is a word of its own there', async () => {
    assert.deepEqual(await inBash('hufu-client', 'token', 'logs', '--format', '=', 'k'), ['k8s']);
    assert.equal((await inBash('hufu-client', 'token', 'logs', '--format', '=')).length, 9);
    assert.deepEqual(await inBash('hufu-client', 'token', '--format', '=', 'raw', 'log'), ['logs']);
  });

  it('offers the programs that exec may run', async () => {
    assert.ok((await inBash('hufu-client', 'exec', 'logs', '--', 'hufu-c')).includes('hufu-client'));
  });

  it('is quiet where the program is not', async () => {
    assert.deepEqual(await inBash('no-such-program', 'token', ''), []);
  });
});

/** The same question in fish, which says what it would offer. */
const inFish = async (line: string): Promise<readonly string[]> => {
  const found = await inShell(
    'fish',
    ['--no-config', '-c'],
    `hufu-client completion fish | source; complete -C '${line}'`,
  );
  return found.map((one) => one.split('\t')[0] ?? '');
};

for (const shell of ['fish'].filter(isInstalled)) {
  describe(`completion in ${shell}`, () => {
    it('offers commands, profiles, options and their values', async () => {
      assert.deepEqual(await inFish('hufu-client git-'), ['git-credential']);
      assert.deepEqual(await inFish('hufu-client token lo'), ['logs', 'loud']);
      assert.deepEqual(await inFish('hufu-client token logs --format=k'), ['--format=k8s']);
    });
  });
}

const shells = ['zsh', 'bash', 'fish'];

for (const shell of shells.filter(isInstalled)) {
  it(`${shell} reads its script without a complaint`, async (t) => {
    for (const other of shells) if (!isInstalled(other)) t.diagnostic(`not tried: ${other} is not installed`);
    const script = await home.output(['completion', shell]);
    const file = join(home.folder, `completion.${shell}`);
    await writeFile(file, script);
    assert.deepEqual(await inShell(shell, ['-n'], file), []);
  });
}

describe('completion', () => {
  it('asks the program: every command of it is there, and what is hidden is not', async () => {
    const { candidates } = JSON.parse(await home.output(['completion', 'words', '--json', '--']));
    const names = candidates.map(({ value }: { readonly value: string }) => value);
    const help = await home.output(['--help']);
    const helped = [...help.slice(help.indexOf('Commands:')).matchAll(/^ {2}([a-z][\w-]*)/gm)].map(([, name]) => name);
    assert.deepEqual(names, helped);
    assert.ok(names.includes('token') && !names.includes('words'));
  });

  it('prints a script for each shell, and how to install it', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { script } = JSON.parse(await home.output(['completion', shell, '--json']));
      assert.equal(await home.output(['completion', shell]), script.trimEnd());
      assert.match(script, /hufu-client/);
      assert.match(await home.output(['completion', shell, '--help']), /For every new shell:\n {2}\S/);
    }
    assert.equal((await home.run(['completion', 'tcsh'])).exitCode, 2);
  });

  it('offers no profiles where their file cannot be read, and says nothing', async () => {
    using broken = openHome();
    await mkdir(join(broken.folder, 'config'));
    await writeFile(join(broken.folder, 'config', 'profiles.json'), '{');
    assert.deepEqual(await broken.run(['completion', 'words', '--', 'token']), {
      exitCode: 0,
      stdout: ':nothing\n',
      stderr: '',
    });
  });
});
