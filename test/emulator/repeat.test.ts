/**
 * The same seed and a clock that stands give the same answers to the byte: in another emulator, and after a reset. A dialect
 * joins with an entry in the table.
 */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { sdkForms } from '@hufu/wire/pds';
import { readLoginData, requests, type ScnetRequest, sign, timestampText } from '@hufu/wire/scnet';
import { type Emulator, startEmulator } from 'hufu/testing';
import { signAssertion } from '../harness/assertion.ts';
import { createBrowser } from '../harness/browser.ts';
import { type Answer, exchange } from '../harness/exchange.ts';
import { authorize } from '../harness/login.ts';
import { addressOf, basic, get, jsonOf, pkce, postForm } from '../harness/oauth.ts';
import { keyOf } from '../harness/pds.ts';
import { signV1 } from '../harness/sign.ts';

const clock = '2024-10-30T03:02:45.559Z';
const nowMs = Date.parse(clock);
const nowSeconds = Math.floor(nowMs / 1000);

/** Tokens name their issuer, and each emulator has a port of its own. */
const config = { 'server.publicUrl': 'http://127.0.0.1:8420' };

async function slsAnswers({ url, description: { sls } }: Emulator): Promise<Answer[]> {
  const send = (path: string, query = {}) => exchange(url, signV1(sls, { path, query, host: 'hufu', atMs: nowMs }));
  const created = await send('/tickets', { expirationTime: '3600' });
  return [created, await send('/token/refresh', { ticket: String(jsonOf(created).ticket) })];
}

async function pdsAnswers({ url, description: { pds } }: Emulator): Promise<Answer[]> {
  const client_id = pds.jwtApp.clientId;
  const claims = {
    iss: client_id,
    sub: 'u-1',
    sub_type: 'user',
    aud: pds.domainId,
    jti: 'jti-0123456789',
    exp: nowSeconds + 300,
    auto_create: true,
  };
  const assertion = signAssertion(keyOf(pds.jwtApp.privateKeyPem), claims, { kid: undefined });
  const send = ({ path, contentType, body }: ReturnType<typeof sdkForms.getUserJwtToken>) =>
    exchange(url, { method: 'POST', target: path, headers: { host: 'hufu', 'content-type': contentType }, body });
  const opened = await send(sdkForms.getUserJwtToken({ client_id, assertion }));
  const refresh_token = String(jsonOf(opened).refresh_token);
  return [opened, await send(sdkForms.refreshJwtToken({ client_id, refresh_token }))];
}

async function scnetAnswers({ url, description: { scnet } }: Emulator): Promise<Answer[]> {
  const { user, password, orgId, accessKey, secretKey } = scnet;
  const send = ({ method, path, headers }: ScnetRequest) =>
    exchange(url, { method, target: path, headers: { host: 'hufu', ...headers }, body: undefined });
  const timestamp = timestampText(nowSeconds);
  const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex');
  const signature = sign(secretKey, { user, accessKey, timestamp }, hmac);
  const opened = await send(requests.passwordLogin({ user, password, orgId }));
  const signed = await send(requests.accessKeyLogin({ user, accessKey, timestamp, signature }));
  const [row] = readLoginData(jsonOf(opened).data) ?? [];
  return [opened, signed, await send(requests.renew(row?.token ?? ''))];
}

async function machineAnswers({ url, description: { oauth } }: Emulator): Promise<Answer[]> {
  const of = (app: { clientId: string; clientSecret: string }) => basic(app.clientId, app.clientSecret);
  const client = of(oauth.confidentialClient);
  const given = await postForm(`${url}/oauth2/token`, { grant_type: 'client_credentials' }, client);
  const token = String(jsonOf(given).access_token);
  const told = await postForm(`${url}/oauth2/introspect`, { token }, of(oauth.resourceServer));
  return [given, told, await postForm(`${url}/oauth2/revoke`, { token }, client)];
}

async function codeAnswers({ url, description: { oauth } }: Emulator): Promise<unknown[]> {
  const { clientId: client_id, redirectUri: redirect_uri } = oauth.publicClient;
  const { verifier: code_verifier, challenge } = pkce('a'.repeat(43));
  const asked = { response_type: 'code', client_id, redirect_uri, code_challenge: challenge };
  const address = addressOf(`${url}/oauth2/authorize`, {
    ...asked,
    code_challenge_method: 'S256',
    scope: 'offline_access',
  });
  const left = await authorize(createBrowser({ nowMs: () => nowMs }), address, oauth.user);
  const send = (fields: Record<string, string>) => postForm(`${url}/oauth2/token`, { client_id, ...fields });
  const { code = '' } = left.parameters;
  const opened = await send({ grant_type: 'authorization_code', code, code_verifier, redirect_uri });
  const refresh_token = String(jsonOf(opened).refresh_token);
  return [left, opened, await send({ grant_type: 'refresh_token', refresh_token })];
}

const table: Readonly<Record<string, (emulator: Emulator) => Promise<unknown[]>>> = {
  'SLS: a ticket and a token': slsAnswers,
  'PDS: a session and its refresh': pdsAnswers,
  'SCNet: both logins and a renewal': scnetAnswers,
  'OAuth: client credentials, introspection, revocation': machineAnswers,
  'OAuth: a code, a session and its refresh': codeAnswers,
  'public keys': async ({ url }) => [await get(`${url}/.well-known/jwks.json`)],
};

describe('under the same seed, with a clock that stands', () => {
  for (const [name, answers] of Object.entries(table)) {
    it(`${name} are the same to the byte in another emulator, and after a reset`, async () => {
      await using one = await startEmulator({ seed: 'tally', clock, config });
      await using other = await startEmulator({ seed: 'tally', clock, config });
      const first = await answers(one);
      assert.deepEqual(await answers(other), first);
      one.clock.advance(60);
      await answers(one).catch(() => undefined);
      await one.reset();
      assert.deepEqual(await answers(one), first);
    });

    it(`${name} are others under another seed`, async () => {
      await using one = await startEmulator({ seed: 'one', clock, config });
      await using other = await startEmulator({ seed: 'other', clock, config });
      assert.notDeepEqual(await answers(one), await answers(other));
    });
  }
});
