import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { metadataOf } from './metadata.ts';
import { oauthDefaults } from './options.ts';
import { sampleIssuer, sampleSpeech } from './request.sample.ts';

const of = (change = {}) => metadataOf(sampleIssuer, { ...oauthDefaults, ...change }, sampleSpeech);

describe('the metadata', () => {
  it('name every endpoint, as a URL without query and fragment', () => {
    const urls = Object.entries(of()).filter(([name]) => /(?:_endpoint|_uri)$/.test(name));
    assert.deepEqual(
      new Map(urls),
      new Map([
        ['jwks_uri', `${sampleIssuer}/.well-known/jwks.json`],
        ['authorization_endpoint', `${sampleIssuer}/oauth2/authorize`],
        ['token_endpoint', `${sampleIssuer}/oauth2/token`],
        ['introspection_endpoint', `${sampleIssuer}/oauth2/introspect`],
        ['revocation_endpoint', `${sampleIssuer}/oauth2/revoke`],
      ]),
    );
  });

  it('say how clients authenticate at each endpoint, with the algorithms', () => {
    const secretsAndKeys = ['client_secret_basic', 'client_secret_post', 'private_key_jwt'];
    for (const [endpoint, methods] of [
      ['token', [...secretsAndKeys, 'none']],
      ['revocation', [...secretsAndKeys, 'none']],
      ['introspection', secretsAndKeys],
    ] as const) {
      assert.deepEqual(of()[`${endpoint}_endpoint_auth_methods_supported`], methods);
      assert.deepEqual(of()[`${endpoint}_endpoint_auth_signing_alg_values_supported`], ['ES256', 'RS256']);
    }
  });

  it('say that codes need S256 and that answers name the issuer', () => {
    const { issuer, response_types_supported, response_modes_supported, ...rest } = of();
    assert.equal(issuer, sampleIssuer);
    assert.deepEqual([response_types_supported, response_modes_supported], [['code'], ['query']]);
    assert.deepEqual(rest.code_challenge_methods_supported, ['S256']);
    assert.equal(rest.authorization_response_iss_parameter_supported, true);
    assert.deepEqual([rest.request_parameter_supported, rest.request_uri_parameter_supported], [false, false]);
  });

  it('name scopes where the operator does', () => {
    assert.equal('scopes_supported' in of(), false);
    assert.deepEqual(of({ publishedScopes: ['read'] }).scopes_supported, ['read']);
  });

  it('promise no grant where none is served', () => {
    const metadata = of({ enabled: false });
    assert.deepEqual(metadata.grant_types_supported, []);
    for (const name of ['token_endpoint', 'authorization_endpoint', 'code_challenge_methods_supported']) {
      assert.equal(name in metadata, false, name);
    }
    assert.equal('introspection_endpoint' in metadata, true);
  });
});
