/** Access tokens: what stands in them, who can check them, and how long they are good. */

import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { after, describe, it } from 'node:test';
import { get, jsonOf } from '../harness/oauth.ts';
import { openOAuth, partsOf, tokenOf } from '../harness/oauth-server.ts';

const server = await openOAuth();
after(() => server[Symbol.asyncDispose]());

const clientCredentials = { grant_type: 'client_credentials' };
const inactive = { active: false };

describe('an access token', () => {
  it('[9068-2.1-4] an access token is signed with RS256 where the operator says so', async () => {
    await using own = await openOAuth({ config: { 'oauth.accessTokenAlgorithm': 'RS256' } });
    const { access_token } = tokenOf(await own.token(own.service, { grant_type: 'client_credentials' }));
    const { header } = partsOf(access_token);
    assert.deepEqual([header.alg, header.typ], ['RS256', 'at+jwt']);
    const { keys } = (await (await fetch(`${own.url}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] };
    assert.ok(keys.some(({ kid }) => kid === header.kid));
    assert.equal((await own.introspect(access_token)).active, true);
  });

  it('[9068-2.1-1] an access token is an ES256 JWT of type at+jwt that a published key verifies', async () => {
    const { access_token: token } = await server.session();
    const { header } = partsOf(token);
    assert.deepEqual([header.alg, header.typ], ['ES256', 'at+jwt']);
    const metadata = jsonOf(await get(`${server.url}/.well-known/oauth-authorization-server`));
    const { keys } = jsonOf(await get(String(metadata.jwks_uri)));
    const key = (keys as JsonWebKey[]).find(({ kid }) => kid === header.kid);
    assert.ok(key);
    const [head = '', claims = '', signature = ''] = token.split('.');
    const publicKey = { key: createPublicKey({ key, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
    assert.ok(verify('sha256', Buffer.from(`${head}.${claims}`), publicKey, Buffer.from(signature, 'base64url')));
    assert.equal(partsOf(token).claims.iss, metadata.issuer);
  });

  it('[9068-2.2-1] an access token has every claim of the profile, and an id of its own', async () => {
    const session = await server.session();
    const { claims } = partsOf(session.access_token);
    const { jti, sid, ...rest } = claims;
    const iat = Math.floor(server.nowMs() / 1000);
    assert.deepEqual(rest, {
      iss: server.at.issuer,
      exp: iat + 600,
      aud: server.at.issuer,
      sub: server.userId,
      client_id: server.service.id,
      iat,
      gen: 1,
      tenant: server.tenant,
    });
    const next = tokenOf(await server.refresh(server.service, session.refresh_token));
    const other = await server.session();
    const ids = [session, next, other].map(({ access_token }) => partsOf(access_token).claims.jti);
    assert.equal(new Set(ids).size, 3);
    assert.equal(partsOf(next.access_token).claims.sid, sid);
  });

  it('[9068-2.2.3-1] an access token names its scope', async () => {
    const { access_token, scope } = await server.session(server.service, { scope: 'read write' });
    assert.deepEqual([partsOf(access_token).claims.scope, scope], ['read write', 'read write']);
  });

  it('[9700-4.15.1-2] the token of a client cannot be taken for that of a user', async () => {
    const ofUser = partsOf((await server.session()).access_token).claims;
    const ofClient = partsOf(tokenOf(await server.token(server.service, clientCredentials)).access_token).claims;
    assert.notEqual(ofUser.sub, ofUser.client_id);
    assert.equal(ofClient.sub, ofClient.client_id);
  });

  it('[6749-10.3-3] an access token that was changed anywhere is not active', async () => {
    await server.admin('POST', '/resources', resource('https://opaque.example.com/changed', 'opaque'));
    const jwt = (await server.session()).access_token;
    const opaque = (await server.session(server.service, { resource: 'https://opaque.example.com/changed' }))
      .access_token;
    for (const token of [jwt, opaque]) {
      assert.equal((await server.introspect(token)).active, true);
      for (let at = 0; at < token.length; at += 7) {
        const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
        assert.deepEqual(await server.introspect(changed), inactive, `character ${at}`);
      }
      for (const other of [token.slice(1), token.slice(0, -1), `${token}A`, token.toLowerCase()]) {
        assert.deepEqual(await server.introspect(other), inactive);
      }
    }
  });

  it('[7662-4-1] an access token is active until its end, and not from then on', async () => {
    await using own = await openOAuth();
    const { access_token } = await own.session();
    const endsAtMs = Number(partsOf(access_token).claims.exp) * 1000;
    for (const [atMs, active] of [
      [endsAtMs - 1, true],
      [endsAtMs, false],
      [endsAtMs + 1, false],
    ] as const) {
      own.emulator.clock.set(atMs);
      assert.equal((await own.introspect(access_token)).active, active, String(atMs - endsAtMs));
    }
  });

  it('goes on beside the refresh that renews it, until its own end', async () => {
    const session = await server.session();
    tokenOf(await server.refresh(server.service, session.refresh_token));
    assert.equal((await server.introspect(session.access_token)).active, true);
  });

  it('ends with the refresh that renews it, where the operator says so', async () => {
    await using own = await openOAuth({ config: { 'oauth.refreshEndsAccessTokens': 'true' } });
    const session = await own.session();
    const next = tokenOf(await own.refresh(own.service, session.refresh_token));
    assert.deepEqual(await own.introspect(session.access_token), inactive);
    assert.equal((await own.introspect(next.access_token)).active, true);
  });

  it('ends with its user, and comes back with it', async () => {
    const { access_token } = await server.session();
    const user = `/users/${server.tenant}/${server.userId}`;
    await server.admin('PATCH', user, { status: 'disabled' });
    assert.deepEqual(await server.introspect(access_token), inactive);
    await server.admin('PATCH', user, { status: 'enabled' });
    assert.equal((await server.introspect(access_token)).active, true);
  });
});

describe('an opaque access token', () => {
  it('says nothing to who holds it, and everything at introspection', async () => {
    const id = 'https://opaque.example.com';
    await server.admin('POST', '/resources', resource(id, 'opaque'));
    const { access_token } = await server.session(server.service, { resource: id, scope: 'read' });
    assert.match(access_token, /^h1(?:\.[\w-]+){3}$/);
    for (const secret of [server.userId, server.service.id, id, server.tenant]) {
      const readable = access_token.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
      assert.ok(!readable.join().includes(secret));
    }
    const { active, aud, sub, client_id, scope, iss, exp } = await server.introspect(access_token);
    assert.deepEqual([active, aud, sub, client_id, scope], [true, id, server.userId, server.service.id, 'read']);
    assert.deepEqual([iss, exp], [server.at.issuer, Math.floor(server.nowMs() / 1000) + 600]);
  });
});

const resource = (id: string, accessTokens: 'jwt' | 'opaque') => ({
  tenant: server.tenant,
  id,
  name: 'API',
  accessTokens,
});
