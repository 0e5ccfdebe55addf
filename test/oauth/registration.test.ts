/** What an operator may register: redirect URIs above all, since answers go where they say. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { ConfigError, loadConfig } from '../../packages/server/src/config/load.ts';
import { pageRefusing, redirectApp } from '../harness/authorization.ts';
import { openOAuth } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const register = (...redirectUris: string[]) => server.app({ type: 'native', redirectUris });

describe('a redirect URI', () => {
  it('[9700-2.6-5] a redirect URI with http is registered for loopback only', async () => {
    for (const good of [
      'https://app.example.com/callback',
      'http://127.0.0.1/callback',
      'http://[::1]:8080/callback',
      'http://localhost:3000/callback',
      'com.example.app:/callback',
    ]) {
      await register(good);
    }
    for (const bad of ['http://app.example.com/callback', 'http://10.0.0.1/', 'http://127.0.0.1.evil.example/']) {
      await assert.rejects(register(bad), /: 400 .*loopback/, bad);
    }
  });

  it('[6749-3.1.2-1] a redirect URI is registered only as an absolute URI without a fragment', async () => {
    for (const bad of [
      '/callback',
      '//app.example.com/callback',
      'app.example.com/callback',
      'callback',
      '',
      'https://app.example.com/callback#',
      'https://app.example.com/callback#x',
      'https:///callback',
      'https://app.example.com/\\evil.example',
      'https://app.example.com/a b',
    ]) {
      await assert.rejects(register(bad), /: 400 /, bad);
      await assert.rejects(register('https://app.example.com/callback', bad), /: 400 /, bad);
    }
  });

  it('runs nothing in the browser', async () => {
    for (const bad of ['javascript:alert(1)', 'javascript:/x', 'data:text/html,x', 'file:///etc/passwd', 'blob:/x']) {
      await assert.rejects(register(bad), /: 400 /, bad);
    }
  });

  it('[6749-3.1.2.2-1] a client without a registered redirect URI gets no code', async () => {
    for (const type of ['web', 'native', 'browser'] as const) {
      await assert.rejects(server.app({ type, redirectUris: [] }), /needs a redirect URI/);
    }
    await assert.rejects(server.app({ type: 'service', redirectUris: ['https://a.example'] }), /has no redirect URI/);
    const redirectUri = 'https://app.example.com/callback';
    const service = { ...server.service, redirectUri };
    assert.equal((await pageRefusing(server, service)).status, 400);
    const app = await redirectApp(server, { type: 'native' });
    assert.equal((await pageRefusing(server, { ...app, redirectUri: `${redirectUri}/` })).status, 400);
  });
});

describe('the issuer', () => {
  it('[9207-2-2] hufu serve takes no issuer but an https URL without query and fragment', () => {
    const take = (url: string) => loadConfig({ env: { HUFU_SERVER_PUBLIC_URL: url } }).server.publicUrl;
    for (const good of [
      'https://id.example.com',
      'https://id.example.com:8443',
      'http://127.0.0.1:8420',
      'http://[::1]',
    ]) {
      assert.equal(take(good), good);
    }
    for (const bad of [
      'http://id.example.com',
      'http://127.0.0.1.example.com',
      'http://127.0.0.1@example.com',
      'https://id.example.com/',
      'https://id.example.com/path',
      'https://id.example.com?x',
      'https://id.example.com#x',
      'https://',
      'id.example.com',
      'ftp://id.example.com',
    ]) {
      assert.throws(() => take(bad), ConfigError, bad);
    }
  });
});
