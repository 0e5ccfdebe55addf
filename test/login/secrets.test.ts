/** Nothing that a login lives from is written down: not in logs, metrics, the audit log, or the database. */

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { createBrowser, type Page, type Visit } from '../harness/browser.ts';
import { attribute, find } from '../harness/html.ts';
import { decide, logIn } from '../harness/login.ts';
import { addressOf, get, pkce, postForm, responseOf } from '../harness/oauth.ts';
import { admin, install, serve } from '../harness/serve.ts';

const password = 'correct horse battery staple';
const mistyped = 'correct horse battery stable';
const redirectUri = 'https://prints.example/callback';

function pageOf(visit: Visit): Page {
  if (visit.kind !== 'page') throw new Error(`left for ${visit.location}`);
  return visit;
}
const hiddenOf = (page: Page): string[] =>
  find(page.document, ['input'], { type: 'hidden' }).map((input) => attribute(input, 'value') ?? '');

it('no password, cookie, handle, form token or code of a login is written anywhere', async () => {
  await using installation = await install({
    HUFU_LOG_LEVEL: 'debug',
    HUFU_LOG_REQUESTS: 'all',
    HUFU_LOGIN_PASSWORD_MEMORY_KIBIBYTES: '8',
  });
  await using server = await serve(installation);
  const { url } = server;
  const make = (path: string, body: object) => admin(installation, url, 'POST', path, body);
  await make('/tenants', { id: 'acme', name: 'Acme' });
  await make('/users', { tenant: 'acme', id: 'u-alice', name: 'Alice', loginName: 'alice', password });
  const app = { tenant: 'acme', id: 'prints', name: 'Prints', dialect: 'oauth', type: 'native', thirdParty: true };
  await make('/clients', { ...app, redirectUris: [redirectUri] });

  const secrets = new Set([password, mistyped]);
  const browser = createBrowser();
  const proof = pkce();
  secrets.add(proof.verifier);
  const address = addressOf(`${url}/oauth2/authorize`, {
    response_type: 'code',
    client_id: 'prints',
    redirect_uri: redirectUri,
    code_challenge: proof.challenge,
    code_challenge_method: 'S256',
    state: 'a-state-of-the-client',
  });
  let page = pageOf(await browser.open(address));
  for (const value of hiddenOf(page)) secrets.add(value);
  page = pageOf(await logIn(browser, page, { userName: password, password: mistyped }));
  page = pageOf(await logIn(browser, page, { userName: 'alice', password: mistyped }));
  page = pageOf(await logIn(browser, page, { userName: 'alice', password }));
  for (const value of hiddenOf(page)) secrets.add(value);
  const visit = await decide(browser, page, 'allow');
  assert.ok(visit.kind === 'departure');
  const { code = '' } = responseOf(visit).parameters;
  secrets.add(code);
  for (const { value } of browser.cookies.all()) {
    secrets.add(value);
    for (const part of value.split('.')) if (part.length >= 40) secrets.add(part);
  }
  const grant = { grant_type: 'authorization_code', client_id: 'prints', redirect_uri: redirectUri, code };
  const answer = await postForm(`${url}/oauth2/token`, { ...grant, code_verifier: proof.verifier });
  assert.equal(answer.status, 200, answer.body);
  assert.equal((await postForm(`${url}/oauth2/token`, { ...grant, code_verifier: proof.verifier })).status, 400);
  await browser.submit(pageOf(await browser.open(`${url}/login`)));

  const written = [(await get(`${url}/metrics`)).body];
  for (const path of ['/audit?limit=1000', '/grants', '/users', '/clients', '/keys', '/config']) {
    written.push(JSON.stringify(await admin(installation, url, 'GET', path)));
  }
  assert.equal(await server.stop('SIGTERM'), 0);
  written.push(server.output());
  for (const entry of await readdir(installation.folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) written.push(await readFile(join(entry.parentPath, entry.name), 'latin1'));
  }
  assert.match(server.output(), /"operation":"LogIn"/);
  assert.ok(written.some((text) => text.includes('SQLite format 3')));
  assert.ok(secrets.size >= 12);
  for (const text of written) {
    for (const secret of secrets) {
      assert.ok(secret.length >= 20);
      // The position, not the text: a failure must not print the secret either.
      assert.equal(text.indexOf(secret), -1, 'a secret shows');
    }
  }
});
