/** Temporary keys by `hufu-client token`, for the tools that run a command for them: the vendor's own package is one of these. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Listening, listen } from '../harness/listen.ts';
import { type Home, openHome } from './commands.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(repository, 'packages/client/bin/hufu-client.js');
const execute = promisify(execFile);

/** An end that is not over when the test is read. */
const lifetimeSeconds = 3600;

let home: Home;
/** A server whose tokens are temporary keys. */
let server: Listening;
let given = 0;

before(async () => {
  home = openHome();
  server = await listen({
    '/token': (_request, response) => {
      given += 1;
      const keys = { accessKeyId: 'STS.id', accessKeySecret: 'se"cr\'et' };
      const token = { access_token: `CAIS${given}`, token_type: 'Bearer', expires_in: lifetimeSeconds, ...keys };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
    },
  });
  await home.json([
    ...['profile', 'add', 'keys', '--provider', 'oauth2', '--grant', 'client_credentials', '--set', 'clientId=c'],
    ...['--set', `issuer=${server.url}`, '--set', `metadata={"token_endpoint":"${server.url}/token"}`],
    ...['--secret', 'clientSecret=env:PATH'],
  ]);
});
after(async () => {
  home[Symbol.dispose]();
  await server[Symbol.asyncDispose]();
});

const ends = (instant: unknown): boolean => {
  const inSeconds = (Date.parse(String(instant)) - Date.now()) / 1000;
  return inSeconds > lifetimeSeconds - 60 && inSeconds <= lifetimeSeconds;
};

describe('temporary keys', () => {
  it('are what credential_process of AWS wants', async () => {
    const { exitCode, stdout, stderr } = await home.run(['token', 'keys', '--format', 'aws']);
    assert.deepEqual([exitCode, stderr], [0, '']);
    const { Expiration, ...keys } = JSON.parse(stdout);
    assert.deepEqual(keys, { Version: 1, AccessKeyId: 'STS.id', SecretAccessKey: 'se"cr\'et', SessionToken: 'CAIS1' });
    assert.match(Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    assert.ok(ends(Expiration));
  });

  it('are evaluated by a shell, with every character of theirs', async () => {
    const { stdout: text } = await home.run(['token', 'keys', '--format', 'env']);
    const script = `${text}printf '%s' "$ALIBABA_CLOUD_ACCESS_KEY_ID $ALIBABA_CLOUD_ACCESS_KEY_SECRET $ALIBABA_CLOUD_SECURITY_TOKEN"`;
    assert.equal((await execute('sh', ['-c', script], { env: {} })).stdout, 'STS.id se"cr\'et CAIS1');
  });

  it("are taken by Alibaba Cloud's own package from a profile of the mode External, and asked for once", async () => {
    const quoted = [process.execPath, bin, 'token', 'keys', '--format', 'aliyun'].map((word) => `'${word}'`);
    const profile = { name: 'hufu', mode: 'External', process_command: quoted.join(' ') };
    mkdirSync(join(home.folder, '.aliyun'));
    writeFileSync(join(home.folder, '.aliyun/config.json'), JSON.stringify({ current: 'hufu', profiles: [profile] }));
    const program = `
      import Credential from '@alicloud/credentials';
      const found = await new Credential.default().getCredential();
      console.log(JSON.stringify([found.accessKeyId, found.accessKeySecret, found.securityToken]));
    `;
    const args = ['--input-type=module', '--eval', program];
    const before = given;
    const { stdout } = await execute(process.execPath, args, { cwd: repository, env: home.env });
    assert.deepEqual(JSON.parse(stdout), ['STS.id', 'se"cr\'et', `CAIS${before}`]);
    assert.equal(given, before);
  });
});
