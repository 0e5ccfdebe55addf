/** Metadata (RFC 8414): everything that is served can be found, and everything that can be found is served. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { get, jsonOf, postForm } from '../harness/oauth.ts';
import { openOAuth } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const address = `${server.url}/.well-known/oauth-authorization-server`;
const metadata = jsonOf(await get(address));
const urls = Object.entries(metadata).filter(([name]) => /(?:_endpoint|_uri)$/.test(name));

describe('the metadata', () => {
  it('[8414-3.2-1] the metadata is JSON at the well-known place, without an empty list', async () => {
    const answer = await get(address);
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers['content-type']), /^application\/json(?:;|$)/);
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    for (const [name, value] of Object.entries(metadata)) assert.ok(!Array.isArray(value) || value.length > 0, name);
  });

  it('[9700-2.6-1] the metadata names every endpoint that is served, and no other', async () => {
    const names = [
      'authorization_endpoint',
      'introspection_endpoint',
      'jwks_uri',
      'revocation_endpoint',
      'token_endpoint',
    ];
    assert.deepEqual(urls.map(([name]) => name).sort(), names);
    for (const [name, url] of urls) {
      const isForm = name !== 'jwks_uri' && name !== 'authorization_endpoint';
      const answer = isForm ? await postForm(String(url), {}) : await get(String(url));
      assert.notEqual(answer.status, 404, name);
    }
  });

  it('[6749-3.1-2] the URLs of the endpoints have neither query nor fragment', () => {
    for (const [name, url] of urls) assert.match(String(url), /^https?:\/\/[^?#]+$/, name);
  });

  it('[8414-2-3] the metadata lists the response types, grant types and scopes that are taken', async () => {
    assert.deepEqual(metadata.response_types_supported, ['code']);
    assert.deepEqual(metadata.grant_types_supported, [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]);
    await using own = await openOAuth({ config: { 'oauth.publishedScopes': 'read,write' } });
    const { scopes_supported } = jsonOf(await get(`${own.url}/.well-known/oauth-authorization-server`));
    assert.deepEqual(scopes_supported, ['read', 'write']);
  });

  it('[8414-2-6] the metadata lists the ways of client authentication for each endpoint, with their algorithms', () => {
    for (const endpoint of ['token', 'introspection', 'revocation']) {
      const methods = metadata[`${endpoint}_endpoint_auth_methods_supported`];
      const confidential = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
      assert.deepEqual(methods, endpoint === 'introspection' ? confidential : [...confidential, 'none']);
      assert.deepEqual(metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`], ['ES256', 'RS256']);
    }
  });

  it('[9700-2.1.1-8] the metadata names S256 as the only challenge method', () => {
    assert.deepEqual(metadata.code_challenge_methods_supported, ['S256']);
  });

  it('promise no grants where none are served, and the token endpoint is gone', async () => {
    await using own = await openOAuthWithoutGrants();
    assert.equal('token_endpoint' in own.metadata, false);
    assert.deepEqual(own.metadata.grant_types_supported, []);
    assert.equal((await postForm(`${own.url}/oauth2/token`, {})).status, 404);
    assert.equal((await postForm(`${own.url}/oauth2/introspect`, { token: 'x' })).status, 401);
  });
});

async function openOAuthWithoutGrants() {
  const { startEmulator } = await import('../../packages/server/src/emulator/start.ts');
  const emulator = await startEmulator({ config: { 'oauth.enabled': 'false' } });
  const { url } = emulator;
  return {
    url,
    metadata: jsonOf(await get(`${url}/.well-known/oauth-authorization-server`)),
    [Symbol.asyncDispose]: () => emulator.stop(),
  };
}
