/** The code of both READMEs runs as it stands there; only the address of the emulator and the reader's own values are put in. */

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { type Emulator, startEmulator } from '../../packages/server/src/emulator/start.ts';
import { repository } from '../harness/dev.ts';
import { factsOf } from './token-taker.ts';

const run = promisify(execFile);

/** What the readers of a block have: their own values by its names, and where their server is. */
interface Reader {
  readonly values: Readonly<Record<string, string>>;
  readonly address: Readonly<Record<string, string>>;
}

function readersOf({ description: { sls, pds, scnet, oauth } }: Emulator): Readonly<Record<string, Reader>> {
  const { accessKeyId, accessKeySecret } = sls;
  return {
    sls: { values: { accessKeyId, accessKeySecret }, address: { endpoint: `http://${sls.endpoint}` } },
    pds: {
      values: { domainId: pds.domainId, ...pds.jwtApp, userId: pds.user.userId },
      address: { endpoint: pds.apiEndpoint },
    },
    scnet: {
      values: { user: scnet.user, accessKey: scnet.accessKey, secretKey: scnet.secretKey, clusterId: '11112' },
      address: { acBase: scnet.acBase, apiBase: scnet.apiBase },
    },
    oauth2: {
      values: {
        issuer: oauth.issuer,
        clientId: oauth.confidentialClient.clientId,
        clientSecret: oauth.confidentialClient.clientSecret,
      },
      address: {},
    },
  };
}

const blocksOf = async (file: string): Promise<string[]> => {
  const page = await readFile(join(repository, file), 'utf8');
  return [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
};

const providerIn = (code: string): string => /@hufu\/client\/providers\/(\w+)/.exec(code)?.[1] ?? '';

/** The options of the provider, with the address behind them. */
const addressed = (code: string, address: object): string =>
  code.replace(/provider: (\w+)\(\{ ([\w, ]+) \}\)/, (_, make, names) => {
    return `provider: ${make}({ ${names}, ...${JSON.stringify(address)} })`;
  });

/** Runs it where the packages are found by their names, and gives what it prints. */
async function outputOf(code: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-readme-'));
  try {
    await symlink(join(repository, 'node_modules'), join(folder, 'node_modules'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'block.ts'), code);
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    return (await run(process.execPath, ['block.ts'], { cwd: folder, env })).stdout;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** What the comment beside each block promises of `extra`. */
const promises: Readonly<Record<string, RegExp>> = {
  sls: /"ticket":"eyJ/,
  pds: /"default_drive_id":/,
  scnet: /"urls":\{"hpc":\["http/,
  oauth2: /"token":"/,
};

for (const file of ['README.md', 'README.zh-CN.md']) {
  describe(`the code of ${file}`, () => {
    it('has five lines for each provider, and a fresh token at their end', async () => {
      await using emulator = await startEmulator();
      const readers = readersOf(emulator);
      const blocks = (await blocksOf(file)).filter((code) => providerIn(code) !== '');
      assert.deepEqual(blocks.map(providerIn).toSorted(), Object.keys(readers).toSorted());
      await Promise.all(
        blocks.map(async (code) => {
          const { values = {}, address = {} } = readers[providerIn(code)] ?? {};
          assert.equal(code.split('\n').filter((line) => line.trim() !== '').length, 4);
          const given = `const { ${Object.keys(values)} } = ${JSON.stringify(values)};\n`;
          const extra = /\bextra\b[^/]*=/.test(code) ? ', extra' : '';
          const shown = `process.stdout.write(JSON.stringify({ token${extra} }));\n`;
          const output = await outputOf(given + addressed(code, address) + shown);
          assert.match(output, promises[providerIn(code)] ?? /never/);
          assert.equal((await factsOf(emulator, JSON.parse(output).token)).active, true);
        }),
      );
    });

    it('works with the official SDK of SLS', async () => {
      await using emulator = await startEmulator();
      const [code = ''] = (await blocksOf(file)).filter((one) => one.includes('@alicloud/sls20201230'));
      const { endpoint, accessKeyId, accessKeySecret } = emulator.description.sls;
      const given = `const { accessKeyId, accessKeySecret } = ${JSON.stringify({ accessKeyId, accessKeySecret })};\n`;
      const [ticket = '', token = ''] = (await outputOf(given + code.replace('127.0.0.1:8420', endpoint))).split(/\s/);
      for (const one of [ticket, token]) assert.equal((await factsOf(emulator, one)).active, true);
    });

    it('starts an emulator in a test, moves its clock, loses an answer, and begins anew', async () => {
      const [code = ''] = (await blocksOf(file)).filter((one) => one.includes('hufu/testing'));
      assert.match(await outputOf(`${code}process.stdout.write(url + ' ' + sls.accessKeyId);\n`), /^http:\S+ \w+$/);
    });
  });
}
