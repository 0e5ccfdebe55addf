/** Resource indicators (RFC 8707): whom an access token is for, and what it may do there. */

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { errorOf, openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const { service, tenant } = server;
const files = 'https://files.example.com/api';
const mail = 'https://mail.example.com';
const resource = (id: string, more: object = {}) =>
  server.admin('POST', '/resources', { tenant, id, name: 'API', ...more });
await resource(files, { scopes: ['files.read', 'files.write'] });
await resource(mail, { scopes: ['mail.read'] });

const ask = (fields: Record<string, string>, app = service) =>
  server.token(app, { grant_type: 'client_credentials', ...fields });
const claimsFor = async (fields: Record<string, string>) => partsOf(tokenOf(await ask(fields)).access_token).claims;

describe('a resource', () => {
  it('[9068-3-1] an access token is for the resource that was asked for', async () => {
    assert.equal((await claimsFor({ resource: files })).aud, files);
    const { access_token } = await server.session(service, { resource: mail });
    assert.equal(partsOf(access_token).claims.aud, mail);
    assert.equal((await server.introspect(access_token)).aud, mail);
  });

  it('[9700-2.3-2] an access token is for one resource', async () => {
    assert.equal(typeof (await claimsFor({ resource: files })).aud, 'string');
    const two = [
      ['grant_type', 'client_credentials'],
      ['resource', files],
      ['resource', mail],
    ] as const;
    assert.equal(errorOf(await server.token(service, two)), '400 invalid_target');
  });

  it('[9068-5-1] tokens for two resources name two audiences', async () => {
    const [one, other] = [await claimsFor({ resource: files }), await claimsFor({ resource: mail })];
    assert.notEqual(one.aud, other.aud);
  });

  it('[9068-3-3] without a resource an access token is for the default one', async () => {
    assert.equal((await claimsFor({})).aud, server.at.issuer);
    await using own = await openOAuth({ config: { 'oauth.defaultResource': 'urn:example:api' } });
    const { access_token } = tokenOf(await own.token(own.service, { grant_type: 'client_credentials' }));
    assert.equal(partsOf(access_token).claims.aud, 'urn:example:api');
  });

  it('[8707-2-1] a resource that is no absolute URI, has a fragment or is not known is invalid_target', async () => {
    for (const bad of ['files', '/api', `${files}#x`, 'https://nobody.example', `${files}/`, files.toUpperCase()]) {
      assert.equal(errorOf(await ask({ resource: bad })), '400 invalid_target', bad);
    }
  });

  it('[9068-2.2.3-2] an access token has only scopes of its resource', async () => {
    assert.equal((await claimsFor({ resource: files, scope: 'files.read' })).scope, 'files.read');
    assert.equal(errorOf(await ask({ resource: files, scope: 'files.read mail.read' })), '400 invalid_scope');
  });

  it('[8707-2.2-2] a token answer names the scope that the resource left', async () => {
    const app = await server.app({ type: 'service', scopes: ['files.read', 'mail.read'] });
    assert.equal(tokenOf(await ask({ resource: files }, app)).scope, 'files.read');
    assert.equal(tokenOf(await ask({}, app)).scope, 'files.read mail.read');
  });

  it('of another tenant is not known', async () => {
    await server.admin('POST', '/tenants', { id: 'other', name: 'Other' });
    const foreign = 'https://foreign.example.com';
    await server.admin('POST', '/resources', { tenant: 'other', id: foreign, name: 'API' });
    assert.equal(errorOf(await ask({ resource: foreign })), '400 invalid_target');
  });

  it('gives no new token once it is disabled', async () => {
    const id = 'https://gone.example.com';
    await resource(id);
    tokenOf(await ask({ resource: id }));
    await server.admin('PATCH', `/resources/${tenant}/${encodeURIComponent(id)}`, { status: 'disabled' });
    assert.equal(errorOf(await ask({ resource: id })), '400 invalid_target');
  });
});
