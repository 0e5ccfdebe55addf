import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { type Ran, run, runJson, type Surroundings } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

/** A data folder with one tenant; every command works on it. */
async function withTenant(t: TestContext) {
  const data = ['--data', sampleFolder(t)];
  await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
  const user = (args: readonly string[], surroundings?: Surroundings): Promise<Ran> =>
    run(['user', ...args, ...data], surroundings);
  const json = (args: readonly string[], surroundings?: Surroundings): Promise<Json> =>
    runJson(['user', ...args, ...data], surroundings);
  return { user, json };
}

const alice = ['create', '--name', 'Alice', '--id', 'alice'];
const typed = ['tiger tally', 'tiger tally'];

describe('hufu user', () => {
  it('makes a user with all that is named', async (t) => {
    const { json } = await withTenant(t);
    const made = await json(
      [
        ...[...alice, '--login', 'alice@example.com', '--password', '--role', 'superadmin', '--nick-name', '虎'],
        ...['--avatar', 'https://a.example', '--drive', '1', '--sandbox-drive', '2', '--user-data', '{"a":1}'],
      ],
      { typed },
    );
    assert.deepEqual([made.loginName, made.hasPassword, made.role], ['alice@example.com', true, 'superadmin']);
    assert.deepEqual(made.profile, {
      nickName: '虎',
      avatar: 'https://a.example',
      driveId: '1',
      sandboxDriveId: '2',
      userData: { a: 1 },
    });
    assert.deepEqual(await json(['show', 'alice']), made);
  });

  it('changes what is named, and nothing else', async (t) => {
    const { json, user } = await withTenant(t);
    const made = await json([...alice, '--drive', '1']);
    const changed = await json(['update', 'alice', '--role', 'admin', '--login', 'al', '--nick-name', 'A']);
    const profile = { ...(made.profile as Json), nickName: 'A' };
    assert.deepEqual(changed, { ...made, role: 'admin', loginName: 'al', profile });
    const nothing = await user(['update', 'alice']);
    assert.deepEqual([nothing.exitCode, nothing.stderr], [2, 'hufu: name what is to change\n']);
  });

  it('deletes a user', async (t) => {
    const { json, user } = await withTenant(t);
    await json(alice);
    assert.deepEqual(await json(['delete', 'alice']), { tenant: '100', id: 'alice', result: 'deleted' });
    assert.equal((await user(['show', 'alice'])).exitCode, 6);
  });
});

describe('a password of hufu user', () => {
  it('is asked for twice, and shown nowhere', async (t) => {
    const { json, user } = await withTenant(t);
    await json(alice);
    const { exitCode, stdout, stderr } = await user(['password', 'alice'], { typed });
    assert.equal(exitCode, 0);
    assert.match(stdout, /^has password +true$/m);
    assert.doesNotMatch(stdout + stderr, /tiger/);
  });

  it('is refused where the two differ', async (t) => {
    const { json, user } = await withTenant(t);
    await json(alice);
    const { exitCode, stderr } = await user(['password', 'alice'], { typed: ['tiger tally', 'tiger tale'] });
    assert.deepEqual([exitCode, stderr], [2, 'hufu: the passwords differ\n']);
    assert.equal((await json(['show', 'alice'])).hasPassword, false);
  });

  it('comes from standard input where nobody sits at a terminal, without its line end', async (t) => {
    const { json, user } = await withTenant(t);
    await json([...alice, '--password'], { stdin: 'tiger tally' });
    assert.equal((await json(['show', 'alice'])).hasPassword, true);
    // Seven characters and the end of a line are one too few.
    for (const [stdin, exitCode] of [
      ['1234567\n', 2],
      ['12345678\n', 0],
      ['12345678\r\n', 0],
      ['', 2],
    ] as const) {
      assert.equal((await user(['password', 'alice'], { stdin })).exitCode, exitCode, JSON.stringify(stdin));
    }
  });

  it('is never an argument, and a mistake does not repeat it', async (t) => {
    const { json, user } = await withTenant(t);
    await json(alice);
    for (const args of [
      ['password', 'alice', 'tiger-tally'],
      ['update', 'alice', '--password', 'tiger-tally'],
      ['update', 'alice', '--password=tiger-tally'],
    ]) {
      const { exitCode, stdout, stderr } = await user(args, { typed });
      assert.equal(exitCode, 2, args.join(' '));
      assert.doesNotMatch(stdout + stderr, /tiger/);
    }
  });

  it('does not share standard input with another option', async (t) => {
    const { user } = await withTenant(t);
    const { exitCode, stderr } = await user([...alice, '--policy', '-', '--password'], { stdin: 'tiger tally' });
    assert.equal(exitCode, 2);
    assert.match(stderr, /standard input can be read for one option only/);
  });
});
