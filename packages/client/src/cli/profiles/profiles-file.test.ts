import assert from 'node:assert/strict';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { findProfile } from './find-profile.ts';
import { changeProfiles, profilesPath, readProfiles } from './profiles-file.ts';

function home(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-profiles-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const env = { HUFU_CONFIG_HOME: join(folder, 'config'), HUFU_DATA_HOME: join(folder, 'data') };
  const write = (text: string, mode = 0o600): void => {
    mkdirSync(dirname(profilesPath(env)), { recursive: true });
    writeFileSync(profilesPath(env), text);
    chmodSync(profilesPath(env), mode);
  };
  return { env, write };
}

describe('the file of the profiles', () => {
  it('is for its user alone, and leaves nothing else beside it', async (t) => {
    const { env } = home(t);
    await changeProfiles(env, () => ({ mine: { provider: 'sls' } }));
    const path = profilesPath(env);
    assert.equal(lstatSync(path).mode & 0o777, 0o600);
    assert.equal(lstatSync(dirname(path)).mode & 0o777, 0o700);
    assert.deepEqual(readdirSync(dirname(path)), ['profiles.json']);
    assert.equal(
      readFileSync(path, 'utf8'),
      '{\n  "version": 1,\n  "profiles": {\n    "mine": {\n      "provider": "sls"\n    }\n  }\n}\n',
    );
  });

  it('loses no change of those who write at once', async (t) => {
    const { env } = home(t);
    const names = Array.from({ length: 10 }, (_, at) => `p${at}`);
    await Promise.all(names.map((name) => changeProfiles(env, (before) => ({ ...before, [name]: {} }))));
    assert.deepEqual(Object.keys(await readProfiles(env)).sort(), names);
  });

  it('stays as it is where a change is refused', async (t) => {
    const { env } = home(t);
    await changeProfiles(env, () => ({ mine: {} }));
    const refused = changeProfiles(env, () => {
      throw new Error('refused');
    });
    await assert.rejects(refused, /refused/);
    assert.deepEqual(await readProfiles(env), { mine: {} });
  });

  it('stays a link where it is one', async (t) => {
    const { env, write } = home(t);
    write('{"version":1,"profiles":{}}');
    const path = profilesPath(env);
    const kept = `${path}.kept`;
    renameSync(path, kept);
    symlinkSync(kept, path);
    await changeProfiles(env, () => ({ mine: {} }));
    assert.ok(lstatSync(path).isSymbolicLink());
    assert.match(readFileSync(kept, 'utf8'), /"mine"/);
  });

  it('is empty where there is none', async (t) => {
    assert.deepEqual(await readProfiles(home(t).env), {});
  });

  it('is not believed where others can write it: it names programs to run', async (t) => {
    for (const mode of [0o620, 0o602, 0o666]) {
      const { env, write } = home(t);
      write('{"version":1,"profiles":{}}', mode);
      await assert.rejects(readProfiles(env), /can be written by others: chmod 600 it/, mode.toString(8));
    }
    const { env, write } = home(t);
    write('{"version":1,"profiles":{}}', 0o644);
    assert.deepEqual(await readProfiles(env), {});
  });

  for (const [what, text, sentence] of [
    ['no JSON', '{', /is no JSON$/],
    ['of another kind', '{"current":"a"}', /there is no object "profiles"$/],
    ['a list', '{"version":1,"profiles":[]}', /there is no object "profiles"$/],
    ['of a later Hufu', '{"version":2,"profiles":{}}', /"version" is not 1: another Hufu wrote it$/],
  ] as const) {
    it(`is refused where it is ${what}, and not overwritten`, async (t) => {
      const { env, write } = home(t);
      write(text);
      await assert.rejects(readProfiles(env), sentence);
      await assert.rejects(
        changeProfiles(env, (before) => before),
        sentence,
      );
      assert.equal(readFileSync(profilesPath(env), 'utf8'), text);
    });
  }
});

describe('a profile by its name', () => {
  it('is found beside one that is wrong', async (t) => {
    const { env, write } = home(t);
    write('{"version":1,"profiles":{"good":{"provider":"sls"},"bad":{}}}');
    assert.equal((await findProfile({ env, program: 'hufu' }, 'good')).provider, 'sls');
    await assert.rejects(findProfile({ env, program: 'hufu' }, 'bad'), /^CliError: profile "bad": provider/);
    await assert.rejects(findProfile({ env, program: 'hufu' }, 'constructor'), /there is no profile constructor/);
  });

  it('has a name that can stand anywhere', async (t) => {
    const { env } = home(t);
    for (const name of ['', '.', '-a', '../a', 'a b', 'a/b', 'a:b', 'é', 'a'.repeat(65)]) {
      await assert.rejects(findProfile({ env, program: 'hufu' }, name), /^CliError: the name of a profile/, name);
    }
    await assert.rejects(findProfile({ env, program: 'hufu' }, 'a'.repeat(64)), /there is no profile/);
  });
});
