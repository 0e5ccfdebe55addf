/** The gateway of docs/dialects/scnet.md runs as it stands there, and lets in who it says. */

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readLoginData, requests } from '@hufu/wire/scnet';
import { exchange } from '../harness/exchange.ts';
import { dataOf } from '../harness/scnet.ts';
import { admin, install } from '../harness/serve.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const page = new URL('../../docs/dialects/scnet.md', import.meta.url);
const password = 'a password of alice';

it('the job gateway of the document takes a region’s token, and no other', async () => {
  const [, code = ''] = /```js\n(import \{ createServer \}[^`]+)```/.exec(await readFile(page, 'utf8')) ?? [];
  assert.match(code, /\.listen\(8430\);\n$/);
  assert.ok(code.trimEnd().split('\n').length <= 22);
  // Only its port is another: a free one, which it says on standard output.
  const free = code.replace(
    '.listen(8430)',
    ".listen(0, '127.0.0.1', function () { console.log('gateway', this.address().port) })",
  );

  await using installation = await install();
  // Beside the packages, so that it finds them by their names.
  const cache = join(repository, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(join(cache, 'hufu-gateway-'));
  const file = join(folder, 'gateway.js');
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(file, free);
  const gateway = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH ?? '', ...installation.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(gateway, 'exit');
  try {
    let output = '';
    const { url, port } = await new Promise<{ url: string; port: string }>((resolve, reject) => {
      for (const stream of [gateway.stdout, gateway.stderr]) {
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          const [, url] = /"url":"(http[^"]+)"/.exec(output) ?? [];
          const [, port] = /^gateway (\d+)$/m.exec(output) ?? [];
          if (url !== undefined && port !== undefined) resolve({ url, port });
        });
      }
      exited.then(() => reject(new Error(`the gateway ended: ${output}`)), reject);
    });
    const call = (method: string, path: string, body?: object) => admin(installation, url, method, path, body);
    await call('POST', '/tenants', { id: 'acme', name: 'Acme' });
    await call('POST', '/users', { tenant: 'acme', id: 'alice', name: 'Alice', loginName: 'alice', password });
    const asked = { tenant: 'acme', dialect: 'scnet', type: 'organisation', name: 'Acme' };
    const orgId = String((await call('POST', '/clients', asked)).id);
    for (const id of ['11112', '7']) {
      await call('POST', '/regions', { id, name: id });
      const account = { account: `act-${id}`, homePath: '/public/home/alice' };
      await call('PUT', `/regions/${id}/accounts/acme/alice`, account);
    }
    const { method, path, headers } = requests.passwordLogin({ user: 'alice', password, orgId });
    const login = await exchange(url, { method, target: path, headers: { ...headers }, body: undefined });
    const rows = readLoginData(dataOf(login)) ?? [];
    const of = (id: string): string => rows.find(({ clusterId }) => clusterId === id)?.token ?? '';
    const ask = (token?: string) =>
      exchange(`http://127.0.0.1:${port}`, {
        method: 'POST',
        target: '/jobs',
        headers: token === undefined ? {} : { token },
        body: undefined,
      });

    const welcome = await ask(of('11112'));
    assert.equal(welcome.status, 200);
    assert.deepEqual(JSON.parse(welcome.body), { runAs: 'act-11112', home: '/public/home/alice' });
    assert.deepEqual(
      [(await ask()).status, (await ask('x')).status, (await ask(of('7'))).status, (await ask(of('0'))).status],
      [401, 401, 403, 403],
    );
    await call('PUT', '/regions/11112/accounts/acme/alice', { status: 'Disable' });
    assert.equal((await ask(of('11112'))).status, 401);
  } finally {
    gateway.kill('SIGKILL');
    await exited;
    await rm(folder, { recursive: true, force: true });
  }
});
