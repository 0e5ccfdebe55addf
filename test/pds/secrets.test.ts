/** No refresh token, access token, assertion, code or secret of PDS in anything that the server writes down or shows. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { paths, sdkForms, type TokenRequest } from '@hufu/wire/pds';
import { assertionClaims, signAssertion } from '../harness/assertion.ts';
import { createBrowser } from '../harness/browser.ts';
import { authorize } from '../harness/login.ts';
import { addressOf, pkce } from '../harness/oauth.ts';
import { keyOf } from '../harness/pds.ts';
import { admin, install, serve } from '../harness/serve.ts';

const tenant = 'bj29';
const redirect_uri = 'https://app.example/callback';
const login = { userName: 'alice', password: 'a password of alice' };

it('no secret that was used shows anywhere', async () => {
  await using installation = await install({ HUFU_LOG_LEVEL: 'debug', HUFU_LOG_REQUESTS: 'all' });
  await using server = await serve(installation);
  const call = (method: string, path: string, body?: object) => admin(installation, server.url, method, path, body);
  await call('POST', '/tenants', { id: tenant, name: 'Domain' });
  const { userName: loginName, password } = login;
  await call('POST', '/users', { tenant, id: 'alice', name: 'Alice', loginName, password });
  const common = { tenant, dialect: 'pds', name: 'App' };
  const jwt = await call('POST', '/clients', { ...common, type: 'JWT' });
  const web = await call('POST', '/clients', { ...common, type: 'WebServer', redirectUris: [redirect_uri] });
  const privateKeyPem = String(jwt.privateKeyPem);
  const client_secret = String(web.secret);
  const client_id = String(web.id);

  const secrets = new Set([password, client_secret, privateKeyPem.split('\n')[2] ?? '']);
  const refusals: string[] = [];
  const send = async ({ path, contentType, body }: TokenRequest): Promise<Record<string, unknown> | undefined> => {
    const answer = await fetch(server.url + path, { method: 'POST', headers: { 'content-type': contentType }, body });
    const text = await answer.text();
    if (answer.status !== 200) {
      refusals.push(text);
      return undefined;
    }
    const token = JSON.parse(text) as Record<string, unknown>;
    secrets.add(String(token.refresh_token)).add(String(token.access_token).split('.')[2] ?? '');
    return token;
  };

  const issuer = String(jwt.id);
  const claims = assertionClaims({ issuer, subject: 'alice', audience: tenant }, Date.now(), { sub_type: 'user' });
  const assertion = signAssertion(keyOf(privateKeyPem), claims, { kid: undefined });
  secrets.add(assertion.split('.')[2] ?? '').add(String(claims.jti));
  const opened = await send(sdkForms.getUserJwtToken({ client_id: issuer, assertion }));
  assert.ok(opened);
  // Again, and with one member that is not as it should be: refused, without a word of what was sent.
  await send(sdkForms.getUserJwtToken({ client_id: issuer, assertion }));
  await send(sdkForms.getUserJwtToken({ client_id: issuer, assertion, subdomain_id: assertion }));
  const { refresh_token } = opened;
  const account = { app_id: issuer, refresh_token, grant_type: refresh_token };
  await send({ path: paths.accountToken, contentType: 'application/json', body: JSON.stringify(account) });
  await send({ path: paths.accountToken, contentType: 'application/json', body: JSON.stringify([account]) });
  const renewed = await send(sdkForms.refreshJwtToken({ client_id: issuer, refresh_token: String(refresh_token) }));
  await send(sdkForms.refreshJwtToken({ client_id: issuer, refresh_token: `${renewed?.refresh_token}x` }));

  const own = pkce();
  const query = { client_id, redirect_uri, response_type: 'code', state: 's' };
  const challenge = { code_challenge: own.challenge, code_challenge_method: 'S256' };
  const address = addressOf(`${server.url}${paths.authorize}`, { ...query, ...challenge });
  const { code = '' } = (await authorize(createBrowser(), address, login)).parameters;
  secrets.add(code).add(own.verifier);
  const redemption = { client_id, client_secret, redirect_uri, code, code_verifier: own.verifier };
  await send(sdkForms.getTokenByCode({ ...redemption, redirect_uri: `${redirect_uri}${code}` }));
  await send(sdkForms.getTokenByCode({ ...redemption, code_verifier: own.verifier.slice(1) }));
  await send(sdkForms.getTokenByCode({ ...redemption, client_secret: `${client_secret}x` }));
  const token = await send(sdkForms.getTokenByCode(redemption));
  assert.ok(token);
  await send(sdkForms.getTokenByCode(redemption));
  await send({ path: paths.token, contentType: 'text/plain', body: client_secret });
  assert.equal(refusals.length, 10);

  const shown = [await (await fetch(`${server.url}/metrics`)).text()];
  for (const path of ['/audit?limit=1000', '/grants', '/users', '/clients', '/keys', '/config']) {
    shown.push(JSON.stringify(await call('GET', path)));
  }
  assert.equal(await server.stop('SIGTERM'), 0);
  const written = [server.output()];
  for (const file of await readdir(installation.folder, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) written.push(await readFile(join(file.parentPath, file.name), 'latin1'));
  }
  assert.ok(server.output().includes('"operation":"AccountToken"'), 'the log has a line for the requests');
  assert.ok(
    written.some((text) => text.includes('SQLite format 3')),
    'the database was read',
  );
  for (const text of [...refusals, ...shown, ...written]) {
    for (const secret of secrets) {
      assert.ok(secret.length >= 16);
      // The position, not the text: a failure must not print the secret either.
      assert.equal(text.indexOf(secret), -1, 'a secret shows');
    }
  }
});
