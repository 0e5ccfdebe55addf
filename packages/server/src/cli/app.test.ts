import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { type Ran, run, runJson, type Surroundings } from './run.sample.ts';
import { type Json, sampleFolder } from './server.sample.ts';

/** A data folder with one tenant; every command works on it. */
async function withTenant(t: TestContext) {
  const folder = sampleFolder(t);
  const data = ['--data', folder];
  await run(['tenant', 'create', '--name', 'one', '--id', '100', ...data]);
  const app = (args: readonly string[], surroundings?: Surroundings): Promise<Ran> =>
    run(['app', ...args, ...data], surroundings);
  const json = (args: readonly string[], surroundings?: Surroundings): Promise<Json> =>
    runJson(['app', ...args, ...data], surroundings);
  return { folder, beside: (name: string) => join(folder, '..', name), app, json };
}

const web = ['create', '--name', 'Shop', '--type', 'web', '--redirect-uri', 'https://shop.example/callback'];
const jwt = ['create', '--name', 'Machine', '--dialect', 'pds', '--type', 'JWT'];
const isPrivateKey = (pem: unknown): boolean => createPrivateKey(String(pem)).type === 'private';

describe('hufu app create', () => {
  it('makes a resource server for every tenant where no type is named', async (t) => {
    const { json, app } = await withTenant(t);
    const { tenant, type, permissions, secret } = await json(['create', '--name', 'gateway']);
    assert.deepEqual([tenant, type, permissions], ['*', 'resource_server', ['introspect']]);
    assert.match(String(secret), /^\w{43}$/);
    const { stdout, stderr } = await app(['create', '--name', 'gateway']);
    assert.match(stdout, /^id +app-\w+\nsecret +\w{43}\ntenant +\*\npermissions +introspect\n$/);
    assert.equal(stderr, 'The secret is not shown again.\n');
  });

  it('makes an application of the only tenant, with all that is named', async (t) => {
    const { json } = await withTenant(t);
    const made = await json([
      ...[...web, '--redirect-uri', 'http://127.0.0.1/callback', '--scope', 'read', '--scope', 'write'],
      ...['--third-party', '--no-rotation', '--retry-window', '30', '--may', 'introspect,revoke', '--id', 'shop'],
    ]);
    assert.deepEqual(
      [made.id, made.tenant, made.dialect, made.type, made.thirdParty],
      ['shop', '100', 'oauth', 'web', true],
    );
    assert.deepEqual(made.redirectUris, ['https://shop.example/callback', 'http://127.0.0.1/callback']);
    assert.deepEqual(made.scopes, ['read', 'write']);
    assert.deepEqual(made.permissions, ['introspect', 'revoke']);
    assert.deepEqual(made.rotation, { rotates: false, retryWindowSeconds: 30 });
  });

  it('gives an application that sits with its user no secret, and says nothing of one', async (t) => {
    const { app } = await withTenant(t);
    const native = ['create', '--name', 'App', '--type', 'native', '--redirect-uri', 'http://127.0.0.1/callback'];
    const { exitCode, stdout, stderr } = await app(native);
    assert.equal(exitCode, 0);
    assert.match(stdout, /^authentication +none$/m);
    assert.doesNotMatch(stdout, /secret/);
    assert.equal(stderr, '');
  });

  it('shows a private key on standard output once, and never on standard error', async (t) => {
    const { app, json } = await withTenant(t);
    const { stdout, stderr } = await app(jwt);
    const pem = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/.exec(stdout)?.[0];
    assert.ok(isPrivateKey(pem));
    assert.equal(stderr, 'The private key is not shown again.\n');
    assert.ok(isPrivateKey((await json(jwt)).privateKeyPem));
    assert.doesNotMatch((await app(['list'])).stdout, /PRIVATE/);
  });

  it('writes a private key or a secret into a new file, for its owner only', async (t) => {
    const { json, app, beside } = await withTenant(t);
    const file = beside('key.pem');
    const made = await json([...jwt, '--out', file]);
    assert.deepEqual([made.privateKeyPem, made.secretFile], [null, file]);
    assert.ok(isPrivateKey(readFileSync(file, 'utf8')));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const secretFile = beside('secret');
    const { stdout, stderr } = await app([...web, '--out', secretFile]);
    const secret = readFileSync(secretFile, 'utf8');
    assert.match(secret, /^\w{43}\n$/);
    assert.ok(!(stdout + stderr).includes(secret.trim()));
    assert.ok(stdout.includes(secretFile));
  });

  it('makes nothing where the file cannot be written, and leaves no file where nothing was made', async (t) => {
    const { app, json, beside } = await withTenant(t);
    const taken = beside('taken');
    writeFileSync(taken, 'before');
    for (const [file, message] of [
      [taken, /is there already/],
      [beside('nowhere/key.pem'), /cannot be written/],
    ] as const) {
      const { exitCode, stderr } = await app([...jwt, '--out', file]);
      assert.equal(exitCode, 2);
      assert.match(stderr, message);
    }
    assert.equal(readFileSync(taken, 'utf8'), 'before');
    assert.deepEqual((await json(['list'])).rows, []);
    const fresh = beside('fresh');
    assert.equal((await app([...web, '--type', 'mobile', '--out', fresh])).exitCode, 2);
    assert.equal(existsSync(fresh), false);
  });

  it('takes a public key from a file or from standard input, and refuses a private one', async (t) => {
    const { app, json, beside } = await withTenant(t);
    const { privateKeyPem } = await json(jwt);
    const publicKey = createPublicKey(String(privateKeyPem)).export({ type: 'spki', format: 'pem' }).toString();
    const file = beside('public.pem');
    writeFileSync(file, publicKey);
    const fromFile = await json([...jwt, '--public-key', file]);
    const fromInput = await json([...jwt, '--public-key', '-'], { stdin: publicKey });
    assert.deepEqual(fromFile.keys, fromInput.keys);
    assert.equal(fromFile.privateKeyPem, null);
    const { exitCode, stderr } = await app([...jwt, '--public-key', '-'], { stdin: String(privateKeyPem) });
    assert.equal(exitCode, 2);
    assert.match(stderr, /this is a private key/);
    assert.doesNotMatch(stderr, /BEGIN/);
    assert.match((await app([...jwt, '--public-key', '/nowhere'])).stderr, /public key file \/nowhere cannot be read/);
  });

  for (const [seconds, exitCode] of [
    ['0', 0],
    ['600', 0],
    ['601', 2],
    ['default', 0],
    ['soon', 2],
  ] as const) {
    it(`ends with ${exitCode} for a retry window of ${seconds}`, async (t) => {
      const { app } = await withTenant(t);
      assert.equal((await app([...web, '--retry-window', seconds])).exitCode, exitCode);
    });
  }
});

describe('hufu app', () => {
  it('shows, changes and deletes an application', async (t) => {
    const { json, app } = await withTenant(t);
    const { secret: _secret, privateKeyPem: _key, ...made } = await json([...web, '--id', 'shop', '--scope', 'read']);
    assert.deepEqual(await json(['show', 'shop']), made);
    const changed = await json(['update', 'shop', '--name', 'Other', '--scope', '', '--third-party']);
    assert.deepEqual(changed, { ...made, name: 'Other', scopes: [], thirdParty: true });
    const back = await json(['update', 'shop', '--no-third-party', '--no-rotation', '--retry-window', 'default']);
    assert.deepEqual(back, {
      ...changed,
      thirdParty: false,
      rotation: { rotates: false, retryWindowSeconds: null },
    });
    assert.deepEqual(await json(['update', 'shop', '--rotation']), {
      ...back,
      rotation: { rotates: true, retryWindowSeconds: null },
    });
    const nothing = await app(['update', 'shop']);
    assert.deepEqual([nothing.exitCode, nothing.stderr], [2, 'hufu: name what is to change\n']);
    assert.deepEqual(await json(['delete', 'shop']), { id: 'shop', result: 'deleted' });
    assert.equal((await app(['show', 'shop'])).exitCode, 6);
  });

  it('shows people the thumbprints of its keys', async (t) => {
    const { json, app } = await withTenant(t);
    const { id, keys } = await json(jwt);
    const [key] = keys as Json[];
    assert.match((await app(['show', String(id)])).stdout, new RegExp(`^keys +${key?.id}$`, 'm'));
  });

  it('gives another secret and another key, by the rules of the first', async (t) => {
    const { json, app, beside } = await withTenant(t);
    const shop = await json([...web, '--id', 'shop']);
    const renewed = await app(['secret', 'shop']);
    assert.match(renewed.stdout, /^id +shop\nsecret +\w{43}\n$/);
    assert.ok(!renewed.stdout.includes(String(shop.secret)));
    assert.equal(renewed.stderr, 'The secret is not shown again.\n');
    const { id, privateKeyPem } = await json(jwt);
    const file = beside('key.pem');
    assert.equal((await json(['key', String(id), '--out', file])).privateKeyPem, null);
    assert.ok(isPrivateKey(readFileSync(file, 'utf8')));
    assert.notEqual(readFileSync(file, 'utf8'), privateKeyPem);
    assert.equal((await app(['secret', String(id)])).exitCode, 6);
  });

  it('lists by tenant and dialect', async (t) => {
    const { json } = await withTenant(t);
    await json([...web, '--id', 'shop']);
    await json([...jwt, '--id', 'machine']);
    await json(['create', '--name', 'gateway', '--id', 'gateway']);
    const ids = async (...filter: string[]) => ((await json(['list', ...filter])).rows as Json[]).map(({ id }) => id);
    assert.deepEqual(await ids('--dialect', 'pds'), ['machine']);
    assert.deepEqual(await ids('--tenant', '100'), ['machine', 'shop']);
    assert.deepEqual(await ids(), ['gateway', 'machine', 'shop']);
  });
});
