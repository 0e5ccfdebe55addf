import assert from 'node:assert/strict';
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { describe, it } from 'node:test';
import { context, sampleAdministration } from '../cli/administration.sample.ts';
import { changeClient, createClient, deleteClient, findClient, renewKey, renewSecret } from './administer-clients.ts';
import { NotAllowed, NotFound } from './administration.ts';
import { clientSecretPurpose } from './authenticate-client.ts';
import type { NewClient } from './new-client.ts';
import { AlreadyExists, ClientKeyUnreadable } from './ports.ts';

const named = { tenant: '100', name: 'app' } as const;
const web: NewClient = { ...named, dialect: 'oauth', type: 'web', redirectUris: ['https://app.example.com/callback'] };
const jwt: NewClient = { ...named, dialect: 'pds', type: 'JWT' };
const native: NewClient = { ...named, dialect: 'pds', type: 'Native', redirectUris: ['demo://callback'] };

const spki = (type: 'rsa' | 'ec'): string => {
  const { publicKey } =
    type === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
};

/** A JWT that says nothing, signed by the private key with RS256. */
function signed(privateKeyPem: string): string {
  const text = ['{"alg":"RS256"}', '{}'].map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${text}.${sign('sha256', Buffer.from(text), createPrivateKey(privateKeyPem)).toString('base64url')}`;
}

describe('a new client', () => {
  it('is what its type says where nothing else is asked', async (t) => {
    const { parts } = await sampleAdministration(t);
    const { client, secret, privateKeyPem } = await createClient(parts, web, context);
    assert.match(client.id, /^app-[A-Z0-9]{20}$/);
    assert.match(secret ?? '', /^\w{43}$/);
    assert.equal(privateKeyPem, undefined);
    const { id: _id, secretHash: _secretHash, ...rest } = client;
    assert.deepEqual(rest, {
      ...named,
      status: 'enabled',
      createdAtMs: context.nowMs,
      dialect: 'oauth',
      type: 'web',
      authentication: 'client_secret',
      keys: [],
      grantTypes: ['authorization_code', 'refresh_token', 'client_credentials'],
      redirectUris: ['https://app.example.com/callback'],
      requiresPkce: true,
      scopes: [],
      isThirdParty: false,
      rotation: { rotates: true, retryWindowSeconds: undefined },
      permissions: [],
      resources: [],
    });
    assert.deepEqual(await findClient(parts, client.id), client);
  });

  it('is a resource server of OAuth where no type is named', async (t) => {
    const { parts } = await sampleAdministration(t);
    const { client } = await createClient(parts, { ...named, tenant: '*', permissions: ['introspect'] }, context);
    assert.deepEqual([client.dialect, client.type, client.grantTypes], ['oauth', 'resource_server', []]);
  });

  it('keeps a keyed hash of its secret, and takes one that a seed names', async (t) => {
    const { parts, sealing } = await sampleAdministration(t);
    const { client, secret } = await createClient(parts, { ...web, secret: 'chosen' }, context);
    assert.equal(secret, 'chosen');
    assert.equal(client.secretHash, sealing.keyedHash('chosen', clientSecretPurpose));
  });

  it('gets a pair of keys where its key is its only proof, and the private half is kept nowhere', async (t) => {
    const { parts, assertions } = await sampleAdministration(t);
    const { client, secret, privateKeyPem = '' } = await createClient(parts, jwt, context);
    assert.match(client.id, /^[A-Z0-9]{16}$/);
    assert.equal(secret, undefined);
    assert.deepEqual(assertions.verify(client.keys, ['RS256'], signed(privateKeyPem)), {});
    assert.doesNotMatch(JSON.stringify(await findClient(parts, client.id)), /PRIVATE|"d\\*"/);
    const asked = { ...web, authentication: 'private_key_jwt' } as const;
    assert.match((await createClient(parts, asked, context)).privateKeyPem ?? '', /^-----BEGIN PRIVATE KEY-----/);
  });

  it('takes a public key instead of a pair, once in PEM and once as a JWK', async (t) => {
    const { parts } = await sampleAdministration(t);
    const first = await createClient(parts, { ...jwt, publicKey: spki('rsa') }, context);
    assert.equal(first.privateKeyPem, undefined);
    const again = await createClient(parts, { ...jwt, publicKey: first.client.keys[0]?.jwk }, context);
    assert.deepEqual(again.client.keys, first.client.keys);
  });

  const refused: readonly (readonly [what: string, asked: NewClient, message: RegExp])[] = [
    ['a type that nobody knows', { ...named, dialect: 'pds', type: 'web' }, /no type web of pds; allowed: .*pds JWT/],
    ['a way to authenticate that its type has not', { ...native, authentication: 'client_secret' }, /Native: none/],
    ['sessions that belong to no tenant', { ...web, tenant: '*' }, /belongs to one tenant/],
    ['no redirect URI where codes go', { ...native, redirectUris: [] }, /Native needs a redirect URI/],
    ['a redirect URI where no code goes', { ...jwt, redirectUris: ['https://a.example'] }, /JWT has no redirect URI/],
    [
      'a redirect URI without TLS',
      { ...web, redirectUris: ['http://app.example.com'] },
      /redirect URI: must use https/,
    ],
    ['a scope of two words', { ...web, scopes: ['a b'] }, /a scope has no blanks/],
    [
      'a public client that keeps its refresh token',
      { ...native, rotation: { rotates: false } },
      /public client rotate/,
    ],
    ['a key where nothing is signed', { ...native, publicKey: spki('rsa') }, /Native signs nothing/],
    ['an EC key where RS256 is signed', { ...jwt, publicKey: spki('ec') }, /JWT signs with RS256/],
  ];
  for (const [what, asked, message] of refused) {
    it(`is refused with ${what}, by a sentence that says what is allowed`, async (t) => {
      const { parts } = await sampleAdministration(t);
      await assert.rejects(createClient(parts, asked, context), (error: Error) => {
        assert.ok(error instanceof NotAllowed);
        assert.match(error.message, message);
        return true;
      });
    });
  }

  it('is refused with a key that is none, or that is private', async (t) => {
    const { parts } = await sampleAdministration(t);
    const { privateKeyPem } = await createClient(parts, jwt, context);
    for (const publicKey of ['no key', privateKeyPem, '{"kty":"oct","k":"AAAA"}']) {
      await assert.rejects(createClient(parts, { ...jwt, publicKey }, context), ClientKeyUnreadable);
    }
  });

  it('never takes the place of another', async (t) => {
    const { parts } = await sampleAdministration(t);
    await createClient(parts, { ...web, id: 'one' }, context);
    await assert.rejects(createClient(parts, { ...web, id: 'one' }, context), AlreadyExists);
  });
});

describe('a change of a client', () => {
  it('touches what it names, and nothing else', async (t) => {
    const { parts } = await sampleAdministration(t);
    const { client } = await createClient(parts, { ...web, rotation: { retryWindowSeconds: 30 } }, context);
    const change = {
      name: 'other',
      redirectUris: ['https://other.example/callback'],
      scopes: ['read'],
      isThirdParty: true,
      rotation: { rotates: false },
    };
    const rotation = { rotates: false, retryWindowSeconds: 30 };
    const changed = await changeClient(parts, client.id, change, context);
    assert.deepEqual(changed, { ...client, ...change, rotation });
    assert.deepEqual(await findClient(parts, client.id), changed);
    const back = await changeClient(parts, client.id, { rotation: { retryWindowSeconds: undefined } }, context);
    assert.deepEqual(back.rotation, { rotates: false, retryWindowSeconds: undefined });
  });

  it('is held to the same rules as a new one', async (t) => {
    const { parts } = await sampleAdministration(t);
    const { client } = await createClient(parts, native, context);
    for (const edit of [
      { redirectUris: [] },
      { redirectUris: ['javascript:alert(1)'] },
      { rotation: { rotates: false } },
      { scopes: ['"'] },
      { publicKey: spki('rsa') },
    ]) {
      await assert.rejects(changeClient(parts, client.id, edit, context), NotAllowed, JSON.stringify(edit));
    }
    assert.deepEqual(await findClient(parts, client.id), client);
  });

  it('of its key leaves the old one without effect', async (t) => {
    const { parts, assertions } = await sampleAdministration(t);
    const { client, privateKeyPem = '' } = await createClient(parts, jwt, context);
    const renewed = await renewKey(parts, client.id, context);
    const { keys } = await findClient(parts, client.id);
    assert.equal(assertions.verify(keys, ['RS256'], signed(privateKeyPem)), 'signature');
    assert.deepEqual(assertions.verify(keys, ['RS256'], signed(renewed.privateKeyPem)), {});
    const given = await changeClient(parts, client.id, { publicKey: spki('rsa') }, context);
    assert.equal(given.keys.length, 1);
    assert.equal(assertions.verify(given.keys, ['RS256'], signed(renewed.privateKeyPem)), 'signature');
  });

  it('of its secret leaves the old one without effect, and needs a client that has one', async (t) => {
    const { parts, sealing } = await sampleAdministration(t);
    const { client, secret } = await createClient(parts, web, context);
    const renewed = await renewSecret(parts, client.id, context);
    assert.notEqual(renewed.secret, secret);
    const { secretHash } = await findClient(parts, client.id);
    assert.equal(secretHash, sealing.keyedHash(renewed.secret, clientSecretPurpose));
    const other = (await createClient(parts, native, context)).client;
    await assert.rejects(renewSecret(parts, other.id, context), NotFound);
    await assert.rejects(renewKey(parts, other.id, context), NotAllowed);
  });
});

describe('a client that is deleted', () => {
  it('is gone, and what it was given has ended', async (t) => {
    const { parts, store } = await sampleAdministration(t);
    const { client } = await createClient(parts, native, context);
    await deleteClient(parts, client.id, context);
    await assert.rejects(findClient(parts, client.id), NotFound);
    await assert.rejects(deleteClient(parts, client.id, context), NotFound);
    assert.equal(await store.findClient(client.id), undefined);
  });
});
