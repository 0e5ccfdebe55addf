import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paths } from '@hufu/wire/oauth';
import { createOAuthDialect } from './index.ts';
import { sampleIssuer } from './request.sample.ts';

const issuer = () => sampleIssuer;

describe('the dialect of OAuth', () => {
  it('serves introspection and revocation even where it gives no grants', () => {
    const pathsOf = (enabled: boolean) => createOAuthDialect({ enabled }, issuer).routes.map(({ path }) => path);
    assert.deepEqual(pathsOf(true), [paths.token, paths.introspect, paths.revoke]);
    assert.deepEqual(pathsOf(false), [paths.introspect, paths.revoke]);
    assert.equal(createOAuthDialect({ enabled: false }, issuer).authorization, undefined);
    assert.equal(createOAuthDialect({}, issuer).authorization?.path, paths.authorize);
  });

  it('lets pages of other origins call what takes no cookie and tells them nothing of others', () => {
    const { routes } = createOAuthDialect({}, issuer);
    const open = routes.filter(({ crossOriginHeaders }) => crossOriginHeaders !== undefined).map(({ path }) => path);
    assert.deepEqual(open, [paths.token, paths.revoke]);
  });

  it('asks for its issuer at each use: a free port is known late', () => {
    let url = '';
    const { metadata, authorization } = createOAuthDialect({}, () => url);
    url = 'http://127.0.0.1:8420';
    assert.equal(metadata?.().issuer, url);
    assert.equal(authorization?.speech.session.defaultAudience(), url);
    assert.deepEqual(authorization?.redirect({ did: 'code', code: 'c', state: undefined }).at(-1), ['iss', url]);
  });

  it('has the resource that an operator names as the default one', () => {
    const { authorization } = createOAuthDialect({ defaultResource: 'urn:api' }, issuer);
    assert.equal(authorization?.speech.session.defaultAudience(), 'urn:api');
  });

  it('takes assertions that are meant for the issuer or for one of its endpoints', () => {
    const { assertions } = createOAuthDialect({}, issuer).authorization?.speech.session ?? {};
    assert.ok(assertions);
    // The same whoever asks.
    const audiences = (assertions.audiences as () => readonly string[])();
    const endpoints = [paths.token, paths.introspect, paths.revoke].map((path) => sampleIssuer + path);
    assert.deepEqual(audiences, [sampleIssuer, ...endpoints]);
  });
});
