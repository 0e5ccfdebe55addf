/** `hufu-client token` against a running server: every provider, every form, every way to fail. */

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { claimsOf } from '../harness/sls.ts';
import { type CommandWorld, openCommandWorld } from './commands.ts';

let world: CommandWorld;
before(async () => {
  world = await openCommandWorld();
});
after(() => world[Symbol.asyncDispose]());

const paths = (): string[] => world.emulator.requests.list().map(({ path }) => path);
const seconds = (instant: unknown): number => Date.parse(String(instant)) / 1000;

describe('hufu-client token', () => {
  for (const name of ['sls', 'pds', 'scnet', 'oauth2'] as const) {
    it(`gives the token of ${name} alone on standard output, and the same one again`, async () => {
      const first = await world.run(['token', name]);
      assert.deepEqual([first.exitCode, first.stderr], [0, '']);
      assert.match(first.stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
      const asked = paths().length;
      assert.equal((await world.run(['token', name])).stdout, first.stdout);
      assert.equal(paths().length, asked);
    });
  }

  it('is asked for once by many who need it at the same moment', async () => {
    await world.run(['logout', 'pds']);
    const asked = paths().length;
    const ran = await Promise.all(Array.from({ length: 8 }, () => world.run(['token', 'pds'])));
    assert.deepEqual(new Set(ran.map(({ exitCode }) => exitCode)), new Set([0]));
    assert.equal(new Set(ran.map(({ stdout }) => stdout)).size, 1);
    assert.equal(paths().length, asked + 1);
  });

  it('needs no secret for a token that is at hand', async () => {
    const { stdout } = await world.run(['token', 'sls']);
    const again = await world.home.run(['token', 'sls']);
    assert.deepEqual([again.exitCode, again.stdout], [0, stdout]);
  });

  it('gets another one where it is told to, and not where the one at hand lives for long enough', async () => {
    const { stdout: first } = await world.run(['token', 'oauth2']);
    const { stdout: second } = await world.run(['token', 'oauth2', '--force-refresh']);
    assert.notEqual(second, first);
    assert.equal((await world.run(['token', 'oauth2', '--min-validity', '1m'])).stdout, second);
  });

  it('asks nobody with --offline', async () => {
    const { stdout } = await world.run(['token', 'sls']);
    const asked = paths().length;
    assert.equal((await world.run(['token', 'sls', '--offline'])).stdout, stdout);
    const none = await world.run(['token', 'sls', '--offline', '--min-validity', '30d']);
    assert.deepEqual([none.exitCode, none.stdout], [4, '']);
    assert.equal(
      none.stderr,
      'hufu-client: sls: there is no token at hand that lives for so long, and --offline asks nobody\n',
    );
    assert.equal(paths().length, asked);
  });
});

describe('the forms of a token', () => {
  const inForm = async (name: string, format: string, env = {}): Promise<string> => {
    const { exitCode, stdout, stderr } = await world.run(['token', name, '--format', format], { env });
    assert.deepEqual([exitCode, stderr], [0, ''], format);
    return stdout;
  };

  it('json has everything by stable names', async () => {
    const view = await world.json(['token', 'sls']);
    assert.deepEqual(Object.keys(view), [
      ...['profile', 'provider', 'token', 'type', 'expiresAt', 'scope', 'audience', 'subject', 'idToken', 'extra'],
    ]);
    const { token, expiresAt, extra } = view;
    // Counted from a moment before the server made it.
    assert.ok(Math.abs(seconds(expiresAt) - Number(claimsOf(String(token)).exp)) <= 1);
    assert.equal((await world.json(['status', 'sls'])).expiresAt, expiresAt);
    assert.deepEqual(Object.keys(Object(extra)), ['ticket']);
    assert.equal(await inForm('sls', 'json'), `${JSON.stringify(view)}\n`);
  });

  it('header is the line that a request carries, SCNet in its own header', async () => {
    const [oauth, scnet] = [await inForm('oauth2', 'raw'), await inForm('scnet', 'raw')];
    assert.equal(await inForm('oauth2', 'header'), `Authorization: Bearer ${oauth}`);
    assert.equal(await inForm('scnet', 'header'), `token: ${scnet}`);
  });

  it('env is what a shell evaluates', async () => {
    const { token, expiresAt, extra } = await world.json(['token', 'sls']);
    assert.equal(
      await inForm('sls', 'env'),
      `export HUFU_TOKEN='${token}'\nexport HUFU_TOKEN_EXPIRES_AT='${expiresAt}'\n` +
        `export SLS_ACCESS_TOKEN='${token}'\nexport SLS_TICKET='${Object(extra).ticket}'\n`,
    );
  });

  it('curl is a configuration on standard input', async () => {
    const token = (await inForm('oauth2', 'raw')).trimEnd();
    assert.equal(await inForm('oauth2', 'curl'), `header = "Authorization: Bearer ${token}"\n`);
  });

  it('k8s is an ExecCredential in the version that was asked for', async () => {
    const { token, expiresAt } = await world.json(['token', 'oauth2']);
    const { apiVersion, kind, status } = JSON.parse(await inForm('oauth2', 'k8s'));
    assert.deepEqual([apiVersion, kind], ['client.authentication.k8s.io/v1', 'ExecCredential']);
    assert.equal(status.token, token);
    // By this machine's clock, which began to count a moment before the server's.
    assert.ok(Math.abs(seconds(status.expirationTimestamp) - seconds(expiresAt)) <= 1);
    const info = JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1beta1', kind: 'ExecCredential' });
    const older = JSON.parse(await inForm('oauth2', 'k8s', { KUBERNETES_EXEC_INFO: info }));
    assert.equal(older.apiVersion, 'client.authentication.k8s.io/v1beta1');
  });

  it('git is a name, a password and its end', async () => {
    const token = (await inForm('oauth2', 'raw')).trimEnd();
    const lines = (await inForm('oauth2', 'git')).split('\n');
    assert.deepEqual([lines[0], lines[1], lines[3]], ['username=oauth2', `password=${token}`, '']);
    assert.match(lines[2] ?? '', /^password_expiry_utc=\d{10}$/);
  });

  for (const format of ['aws', 'aliyun']) {
    it(`${format} is refused for tokens that are no temporary keys`, async () => {
      const { exitCode, stdout, stderr } = await world.run(['token', 'sls', '--format', format]);
      assert.deepEqual([exitCode, stdout], [2, '']);
      assert.match(stderr, new RegExp(`^hufu-client: sls: --format ${format} is for temporary keys`));
    });
  }
});

describe('the exit code of token', () => {
  const failure = async (args: readonly string[], env: Readonly<Record<string, string | undefined>> = {}) => {
    const { exitCode, stdout, stderr } = await world.run(args, { env });
    assert.equal(stdout, '');
    return { exitCode, stderr };
  };

  it('is 2 for a profile that does not exist, and says how to add it', async () => {
    const { exitCode, stderr } = await failure(['token', 'nobody']);
    assert.equal(exitCode, 2);
    assert.match(
      stderr,
      /^hufu-client: there is no profile nobody; there are: oauth2, pds, pdsperson, person, scnet, sls\n/,
    );
    assert.match(stderr, /\nhufu-client: add it: hufu-client profile add nobody\n$/);
  });

  it('is 2 for a secret that is not where the profile says, and nobody pauses for it', async () => {
    const args = ['token', 'oauth2', '--force-refresh'];
    const { exitCode, stderr } = await failure(args, { TEST_OAUTH_SECRET: undefined });
    assert.deepEqual(
      [exitCode, stderr],
      [2, 'hufu-client: oauth2: clientSecret: the variable TEST_OAUTH_SECRET is not set\n'],
    );
    assert.equal((await world.run(args)).exitCode, 0);
  });

  it('is 2 for a form that does not exist and for options that contradict each other', async () => {
    assert.equal((await failure(['token', 'sls', '--format', 'xml'])).exitCode, 2);
    assert.equal((await failure(['token', 'sls', '--offline', '--force-refresh'])).exitCode, 2);
    assert.equal((await failure(['token', 'sls', '--min-validity', 'soon'])).exitCode, 2);
  });

  it('is 3 where a person has to log in', async () => {
    const { exitCode, stderr } = await failure(['token', 'person']);
    assert.equal(exitCode, 3);
    assert.equal(
      stderr,
      'hufu-client: person: a person has to log in\nhufu-client: log in: hufu-client login person\n',
    );
    assert.equal((await failure(['token', 'person', '--json'])).exitCode, 3);
  });

  it('is 6 where the server refuses, and the pause afterwards says how long and how to end it', async () => {
    const args = ['token', 'scnet', '--force-refresh'];
    await world.run(['logout', 'scnet']);
    const wrong = { TEST_SCNET_SECRET: 'not-the-secret-key' };
    const { exitCode, stderr } = await failure(args, wrong);
    assert.equal(exitCode, 6);
    assert.match(
      stderr,
      /^hufu-client: scnet: login: the server refused with 200 \(\d{5}\)\nhufu-client: to find out why: hufu-client doctor scnet\n$/,
    );
    const paused = await failure(args);
    assert.equal(paused.exitCode, 6);
    assert.match(paused.stderr, /asked again in \d+ s at the earliest; to ask now: hufu-client refresh scnet\n$/);
    assert.equal((await world.run(['refresh', 'scnet'])).exitCode, 0);
    assert.equal((await world.run(['token', 'scnet'])).exitCode, 0);
  });

  it('is 4 where nobody answers', async () => {
    const set = [
      '--set',
      'issuer=http://127.0.0.1:9',
      '--set',
      'clientId=a',
      '--secret',
      'clientSecret=env:TEST_OAUTH_SECRET',
    ];
    await world.json(['profile', 'add', 'gone', '--provider', 'oauth2', '--grant', 'client_credentials', ...set]);
    const { exitCode, stderr } = await failure(['token', 'gone']);
    assert.equal(exitCode, 4);
    assert.match(stderr, /^hufu-client: gone: /);
    assert.equal(JSON.parse((await failure(['token', 'gone', '--json'])).stderr.split('\n')[0] ?? '').exitCode, 4);
  });

  it('is 5 where a session that rotates cannot be kept', async () => {
    const { exitCode, stderr } = await failure(['token', 'pds'], { HUFU_DATA_HOME: '/dev/null' });
    assert.equal(exitCode, 5);
    assert.match(stderr, /^hufu-client: pds: \/dev\/null\/tokens/m);
  });

  it('is 0 with a warning where a token that can be had again cannot be kept', async () => {
    const { exitCode, stdout, stderr } = await world.run(['token', 'sls'], { env: { HUFU_DATA_HOME: '/dev/null' } });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    assert.match(stderr, /^sls: warning: the token cannot be kept: \/dev\/null\/tokens/m);
  });

  it('comes with one line of JSON where JSON is asked for', async () => {
    const { exitCode, stderr } = await failure(['token', 'nobody', '--json']);
    const { message, ...rest } = JSON.parse(stderr);
    assert.deepEqual([exitCode, rest], [2, { error: 'no_profile', exitCode: 2 }]);
    assert.match(message, /there is no profile nobody/);
  });
});
