import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { run, runJson } from './run.sample.ts';

function home(t: TestContext): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return { HUFU_CONFIG_HOME: join(folder, 'config'), HUFU_DATA_HOME: join(folder, 'data'), HUFU_STORAGE: 'file' };
}

describe("the client's commands in hufu", () => {
  it('are the same, and advise in the name of this program', async (t) => {
    const env = home(t);
    const { exitCode, stderr } = await run(['token', 'logs'], { env });
    assert.equal(exitCode, 2);
    assert.equal(
      stderr,
      'hufu: there is no profile logs; there are no profiles yet\nhufu: add it: hufu profile add logs\n',
    );
    assert.equal((await runJson(['profile', 'add', 'logs', '--provider', 'sls'], { env })).provider, 'sls');
  });

  it("end with the exit codes of the client's failures", async (t) => {
    const env = home(t);
    const person = ['--grant', 'code', '--set', 'issuer=https://id.example', '--set', 'clientId=a'];
    await run(['profile', 'add', 'me', '--provider', 'oauth2', ...person], { env });
    const { exitCode, stderr } = await run(['token', 'me'], { env });
    assert.deepEqual([exitCode, stderr], [3, 'hufu: me: a person has to log in\nhufu: log in: hufu login me\n']);
  });

  it('leave serve and config to the server', async () => {
    assert.match((await run(['serve', '--help'])).stdout, /^Usage: hufu serve /);
    assert.match((await run(['config', '--help'])).stdout, /prints the configuration in effect/);
  });
});
