/** The credential helper, asked by the git of this machine, and by a server that wants a password. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { bin as clientBin, type Home, openHome } from './commands.ts';

const execute = promisify(execFile);

let emulator: Emulator;
let home: Home;
let forge: Server;
let forgePort: number;
/** What git sent, and whether the server takes it. */
let passwords: string[] = [];
let isRefused = (_password: string): boolean => false;

/** An empty repository (https://git-scm.com/docs/http-protocol). */
const flush = '0000';
const packet = (text: string): string => (text.length + 4).toString(16).padStart(4, '0') + text;
const emptyRepository = [
  packet('# service=git-upload-pack\n'),
  flush,
  packet(`${'0'.repeat(40)} capabilities^{}\0agent=sample\n`),
  flush,
].join('');

before(async () => {
  emulator = await startEmulator({});
  const { issuer, confidentialClient } = emulator.description.oauth;
  home = openHome({
    CLIENT_SECRET: confidentialClient.clientSecret,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_NOSYSTEM: '1',
  });
  await home.output([
    ...['profile', 'add', 'work', '--provider', 'oauth2', '--grant', 'client_credentials', '--set', `issuer=${issuer}`],
    ...['--set', `clientId=${confidentialClient.clientId}`, '--secret', 'clientSecret=env:CLIENT_SECRET'],
  ]);
  forge = createServer((request, answer) => {
    const [, encoded = ''] = request.headers.authorization?.split(' ') ?? [];
    const [name, password = ''] = Buffer.from(encoded, 'base64').toString().split(':');
    if (password !== '') passwords.push(password);
    if (name !== 'oauth2' || isRefused(password)) {
      answer.writeHead(401, { 'www-authenticate': 'Basic realm="forge"' }).end();
      return;
    }
    answer.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end(emptyRepository);
  }).listen(0, '127.0.0.1');
  await once(forge, 'listening');
  // A server on TCP has an address of this form.
  forgePort = (forge.address() as { readonly port: number }).port;
});
beforeEach(() => {
  passwords = [];
  isRefused = () => false;
});
after(async () => {
  forge.close();
  home[Symbol.dispose]();
  await emulator.stop();
});

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Runs git with our helper and no other. */
async function git(options: readonly string[], args: readonly string[], stdin = ''): Promise<string> {
  const helper = `!${[process.execPath, clientBin, 'git-credential', 'work', ...options].map(quoted).join(' ')}`;
  const running = execute('git', ['-c', 'credential.helper=', '-c', `credential.helper=${helper}`, ...args], {
    env: { ...home.env, HOME: home.folder, LC_ALL: 'C' },
    cwd: home.folder,
  });
  running.child.stdin?.end(stdin);
  return (await running).stdout;
}

const fieldsOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    text
      .trimEnd()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );

describe('git-credential', () => {
  it('fills in what git asks for', async () => {
    const asked = 'protocol=https\nhost=git.example.com\n\n';
    const filled = fieldsOf(await git(['--host', 'git.example.com'], ['credential', 'fill'], asked));
    assert.equal(filled.username, 'oauth2');
    assert.equal(filled.password, await home.output(['token', 'work']));
  });

  it('says in unix seconds when the password ends', async () => {
    const asked = 'protocol=https\nhost=git.example.com\n\n';
    const args = ['git-credential', 'work', '--host', 'git.example.com', 'get'];
    const said = fieldsOf(await home.output(args, { stdin: asked }));
    const { expiresAt } = JSON.parse(await home.output(['token', 'work', '--json']));
    assert.deepEqual(Object.keys(said), ['username', 'password', 'password_expiry_utc']);
    assert.ok(Math.abs(Number(said.password_expiry_utc) - Date.parse(expiresAt) / 1000) <= 6);
  });

  it('lets git into a server that wants a password', async () => {
    const url = `http://127.0.0.1:${forgePort}/repository.git`;
    assert.equal(await git(['--host', `127.0.0.1:${forgePort}`], ['ls-remote', url]), '');
    assert.deepEqual(passwords, [await home.output(['token', 'work'])]);
  });

  it('gives another token after a server refused one', async () => {
    const url = `http://127.0.0.1:${forgePort}/repository.git`;
    const options = ['--host', `127.0.0.1:${forgePort}`];
    const refused = await home.output(['token', 'work']);
    isRefused = (password) => password === refused;
    await assert.rejects(git(options, ['ls-remote', url]), /Authentication failed/);
    await git(options, ['ls-remote', url]);
    const [first, second] = passwords;
    assert.equal(first, refused);
    assert.ok(second !== undefined && second !== refused);
  });

  it('erases nothing for a password that is not the token', async () => {
    const before = await home.output(['token', 'work']);
    for (const password of ['password=another\n', '']) {
      const stdin = `protocol=https\nhost=git.example.com\n${password}\n`;
      assert.equal(await home.output(['git-credential', 'work', 'erase'], { stdin }), '');
    }
    assert.equal(await home.output(['token', 'work']), before);
  });

  it('gives nothing to other hosts, and goes on to the next helper', async () => {
    for (const asked of ['protocol=https\nhost=evil.example\n\n', 'protocol=http\nhost=git.example.com\n\n']) {
      const args = ['git-credential', 'work', '--host', 'git.example.com', 'get'];
      const { exitCode: code, stdout, stderr } = await home.run(args, { stdin: asked });
      assert.deepEqual([code, stdout], [0, '']);
      assert.match(
        stderr,
        /^hufu-client: git-credential work: (?:the token is for git\.example\.com|no token goes over http)/,
      );
    }
  });

  it('without --host is for the server that gives the token', async () => {
    const { host } = new URL(emulator.url);
    const ask = (to: string) => home.run(['git-credential', 'work', 'get'], { stdin: `protocol=http\nhost=${to}\n\n` });
    assert.match((await ask(host)).stdout, /^username=oauth2\npassword=/);
    assert.equal((await ask(`127.0.0.1:${forgePort}`)).stdout, '');
  });

  it('is a bearer token where git says that it knows them', async () => {
    const args = ['git-credential', 'work', '--host', 'git.example.com', '--bearer', 'get'];
    const asked = 'protocol=https\nhost=git.example.com\n\n';
    const { stdout } = await home.run(args, { stdin: `capability[]=authtype\n${asked}` });
    assert.match(
      stdout,
      /^capability\[\]=authtype\nauthtype=Bearer\ncredential=\S+\nephemeral=1\npassword_expiry_utc=\d+\n$/,
    );
    const old = await home.run(args, { stdin: asked });
    assert.deepEqual([old.exitCode, old.stdout], [0, '']);
    assert.match(old.stderr, /--bearer needs git 2\.46 or later/);
  });

  it('passes over what it does not know, and keeps nothing that git wants stored', async () => {
    for (const operation of ['store', 'capability']) {
      const stdin = 'protocol=https\nhost=git.example.com\nusername=a\npassword=b\noauth_refresh_token=c\n\n';
      assert.deepEqual(await home.run(['git-credential', 'work', operation], { stdin }), {
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
    }
  });
});
