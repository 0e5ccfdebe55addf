/** One-time codes: from the browser to the token, for applications with a secret and without one. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { paths, sdkForms } from '@hufu/wire/pds';
import { createBrowser } from '../harness/browser.ts';
import type { Answer } from '../harness/exchange.ts';
import { authorize, isLoginPage } from '../harness/login.ts';
import { addressOf, get, type Pkce, pkce, responseOf } from '../harness/oauth.ts';
import { customOf, openPds, type PdsBench, refusalOf, type Token, tokenOf } from '../harness/pds.ts';

type Fields = Readonly<Record<string, string>>;

const addressFor = (pds: PdsBench, change: Fields = {}): string => {
  const { clientId: client_id, redirectUri: redirect_uri } = pds.demo.webServerApp;
  return addressOf(`${pds.url}${paths.authorize}`, {
    client_id,
    redirect_uri,
    response_type: 'code',
    login_type: 'default',
    state: 'st/ate=1 +',
    ...change,
  });
};

const challengeOf = ({ challenge }: Pkce) => ({ code_challenge: challenge, code_challenge_method: 'S256' });

/** What comes back to the application, by way of the login page. */
async function respond(pds: PdsBench, change: Fields = {}): Promise<Fields> {
  const { parameters } = await authorize(createBrowser(), addressFor(pds, change), pds.demo.user);
  return parameters;
}

async function codeFor(pds: PdsBench, change: Fields = {}): Promise<string> {
  const { code, ...rest } = await respond(pds, change);
  assert.ok(code, JSON.stringify(rest));
  return code;
}

/** `getTokenByCode` of the demo WebServer application. */
function redeem(pds: PdsBench, code: string, change: Partial<Parameters<typeof sdkForms.getTokenByCode>[0]> = {}) {
  const { clientId, clientSecret, redirectUri } = pds.demo.webServerApp;
  const usual = { client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri, code };
  return pds.send(sdkForms.getTokenByCode({ ...usual, ...change }));
}

const refresh = (pds: PdsBench, { refresh_token }: Token, change: Fields = {}): Promise<Answer> => {
  const { clientId, clientSecret } = pds.demo.webServerApp;
  return pds.send(
    sdkForms.refreshToken({ client_id: clientId, client_secret: clientSecret, refresh_token, ...change }),
  );
};

const badCode = '400 InvalidParameter.Code';
const badSecret = '400 InvalidParameter.ClientSecret';

describe('a WebServer application', () => {
  it('gets a code with its state, and a token of the user for it', async () => {
    await using pds = await openPds();
    const { code = '', ...rest } = await respond(pds);
    assert.deepEqual(rest, { state: 'st/ate=1 +' });
    const token = tokenOf(await redeem(pds, code));
    const { userId, userName } = pds.demo.user;
    assert.deepEqual([token.user_id, token.user_name, token.is_first_login], [userId, userName, true]);
    assert.equal(customOf(token.access_token).clientId, pds.demo.webServerApp.clientId);
    assert.equal((await pds.introspect(token.access_token)).active, true);
  });

  it('may call the grant type by its documented name', async () => {
    await using pds = await openPds();
    const { clientId, clientSecret, redirectUri } = pds.demo.webServerApp;
    const answer = await pds.form({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code: await codeFor(pds),
    });
    tokenOf(answer);
  });

  it('refreshes with its secret only', async () => {
    await using pds = await openPds();
    const token = tokenOf(await redeem(pds, await codeFor(pds)));
    for (const client_secret of ['wrong', 'undefined', '', undefined]) {
      const { clientId: client_id } = pds.demo.webServerApp;
      const refused = await pds.send(
        sdkForms.refreshToken({ client_id, client_secret, refresh_token: token.refresh_token }),
      );
      assert.equal(refusalOf(refused), badSecret);
    }
    const fresh = tokenOf(await refresh(pds, token));
    assert.deepEqual(await pds.introspect(token.access_token), { active: false });
    // The SDK's types ask for it; nobody looks.
    tokenOf(await refresh(pds, fresh, { redirect_uri: 'https://elsewhere.example' }));
  });

  it('cannot refresh or log out where no secret can be sent', async () => {
    await using pds = await openPds();
    const { refresh_token } = tokenOf(await redeem(pds, await codeFor(pds)));
    const app_id = pds.demo.webServerApp.clientId;
    const body = { app_id, refresh_token, grant_type: 'refresh_token' };
    assert.equal(refusalOf(await pds.json(paths.accountToken, body)), '403 Forbidden');
    assert.equal(refusalOf(await pds.json(paths.accountRevoke, { app_id, refresh_token })), '403 Forbidden');
  });

  it('proves itself before anything is looked at', async () => {
    await using pds = await openPds();
    const code = await codeFor(pds);
    for (const client_secret of ['wrong', 'undefined', undefined]) {
      assert.equal(refusalOf(await redeem(pds, code, { client_secret })), badSecret);
    }
    assert.equal(refusalOf(await redeem(pds, code, { client_id: 'nobody' })), badSecret);
    assert.equal(
      refusalOf(await redeem(pds, code, { client_id: 'nobody', client_secret: undefined })),
      '404 NotFound.App',
    );
    tokenOf(await redeem(pds, code));
  });

  it('may use PKCE, and is then held to it', async () => {
    await using pds = await openPds();
    const own = pkce();
    const code = await codeFor(pds, challengeOf(own));
    const mismatch = '400 InvalidParameterNotMatch.CodeVerifier';
    assert.equal(refusalOf(await redeem(pds, code)), mismatch);
    assert.equal(refusalOf(await redeem(pds, code, { code_verifier: pkce().verifier })), mismatch);
    tokenOf(await redeem(pds, code, { code_verifier: own.verifier }));
    const plain = await codeFor(pds);
    assert.equal(refusalOf(await redeem(pds, plain, { code_verifier: own.verifier })), mismatch);
  });
});

describe('a code', () => {
  it('is good once: used twice, the session that came from it ends', async () => {
    await using pds = await openPds();
    const code = await codeFor(pds);
    const token = tokenOf(await redeem(pds, code));
    assert.equal(refusalOf(await redeem(pds, code)), badCode);
    assert.equal(refusalOf(await refresh(pds, token)), '400 InvalidParameter.RefreshToken');
    assert.deepEqual(await pds.introspect(token.access_token), { active: false });
  });

  it('gives one session to 16 who redeem it at the same time', async () => {
    await using pds = await openPds();
    const code = await codeFor(pds);
    const answers = await Promise.all(Array.from({ length: 16 }, () => redeem(pds, code)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
  });

  for (const [rule, seconds, expected] of [
    ['a second before its end', 299, undefined],
    ['at its end', 300, '400 InvalidParameterExpired.Code'],
  ] as const) {
    it(`is ${expected === undefined ? 'good' : 'over'} ${rule}`, async () => {
      await using pds = await openPds();
      const code = await codeFor(pds);
      pds.emulator.clock.advance(seconds);
      const answer = await redeem(pds, code);
      if (expected === undefined) tokenOf(answer);
      else assert.equal(refusalOf(answer), expected);
    });
  }

  it('is for its own application and redirect URI', async () => {
    await using pds = await openPds();
    const code = await codeFor(pds);
    const { clientId: client_id } = pds.demo.nativeApp;
    assert.equal(refusalOf(await redeem(pds, code, { client_id, client_secret: undefined })), badCode);
    const redirect_uri = 'http://127.0.0.1:3000/other';
    assert.equal(refusalOf(await redeem(pds, code, { redirect_uri })), '400 InvalidParameterNotMatch.RedirectUri');
    tokenOf(await redeem(pds, code));
  });

  it('is nothing that somebody could guess', async () => {
    await using pds = await openPds();
    assert.equal(refusalOf(await redeem(pds, '0045157fa8e24f4f9a0d9e3ff158c1e0')), badCode);
  });

  it('is worth nothing once its user is disabled', async () => {
    await using pds = await openPds();
    const code = await codeFor(pds);
    await pds.admin('PATCH', `/users/${pds.demo.domainId}/${pds.demo.user.userId}`, { status: 'disabled' });
    assert.equal(refusalOf(await redeem(pds, code)), '403 Forbidden');
  });
});

describe('a Native application', () => {
  const native = (pds: PdsBench, change: Fields = {}) => {
    const { clientId: client_id } = pds.demo.nativeApp;
    return { client_id, redirect_uri: 'http://127.0.0.1:52801/callback', ...change };
  };

  it('has no secret, but PKCE, and any port of the loopback address', async () => {
    await using pds = await openPds();
    const own = pkce();
    const app = native(pds);
    const code = await codeFor(pds, { ...app, ...challengeOf(own) });
    const verified = { ...app, client_secret: undefined, code_verifier: own.verifier };
    const token = tokenOf(await redeem(pds, code, verified));
    const { client_id } = app;
    const fresh = await pds.send(sdkForms.refreshToken({ client_id, refresh_token: token.refresh_token }));
    tokenOf(fresh);
  });

  it('gets no code without a challenge', async () => {
    await using pds = await openPds();
    const parameters = await respond(pds, native(pds));
    assert.equal(parameters.error, 'invalid_request');
    assert.equal(parameters.error_description, 'InvalidParameterMissing.CodeChallenge');
    assert.equal(parameters.code, undefined);
  });

  it('must not send a secret, not even the word undefined', async () => {
    await using pds = await openPds();
    const own = pkce();
    const app = native(pds);
    const code = await codeFor(pds, { ...app, ...challengeOf(own) });
    const answer = await redeem(pds, code, { ...app, client_secret: 'undefined', code_verifier: own.verifier });
    assert.equal(refusalOf(answer), badSecret);
  });

  it('may have a custom scheme', async () => {
    await using pds = await openPds();
    const redirect_uri = 'pdshz001://callback/';
    const asked = {
      tenant: pds.demo.domainId,
      dialect: 'pds',
      type: 'Native',
      name: 'Custom',
      redirectUris: [redirect_uri],
    };
    const { id } = await pds.admin('POST', '/clients', asked);
    const own = pkce();
    const app = { client_id: String(id), redirect_uri };
    const code = await codeFor(pds, { ...app, ...challengeOf(own) });
    tokenOf(await redeem(pds, code, { ...app, client_secret: undefined, code_verifier: own.verifier }));
  });
});

describe('a WebBrowser application', () => {
  it('uses a code with PKCE, and gets no refresh token', async () => {
    await using pds = await openPds();
    const redirect_uri = 'https://spa.example/callback';
    const asked = {
      tenant: pds.demo.domainId,
      dialect: 'pds',
      type: 'WebBrowser',
      name: 'Page',
      redirectUris: [redirect_uri],
    };
    const { id } = await pds.admin('POST', '/clients', asked);
    const own = pkce();
    const app = { client_id: String(id), redirect_uri };
    const code = await codeFor(pds, { ...app, ...challengeOf(own) });
    const answer = await redeem(pds, code, { ...app, client_secret: undefined, code_verifier: own.verifier });
    assert.equal(tokenOf(answer).refresh_token, '');
    assert.equal(answer.headers['access-control-allow-origin'], '*');
    assert.equal(answer.headers['access-control-expose-headers'], 'x-ca-request-id');
  });

  it('may ask the server from its own page, as the SDK does', async () => {
    await using pds = await openPds();
    const answer = await fetch(`${pds.url}${paths.token}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://spa.example', 'access-control-request-method': 'POST' },
    });
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get('access-control-allow-headers'), 'content-type, pds-js-sdk, idempotency-key');
  });
});

describe('what is wrong with an authorization request', () => {
  const told = async (pds: PdsBench, change: Fields) => {
    const { error, error_description, state, code } = await respond(pds, change);
    assert.deepEqual([state, code], ['st/ate=1 +', undefined]);
    return `${error}: ${error_description}`;
  };

  it('is told to the application, at its redirect URI', async () => {
    await using pds = await openPds();
    const bad = 'InvalidParameterNotSupported';
    assert.equal(await told(pds, { response_type: 'token' }), `unsupported_response_type: ${bad}.ResponseType`);
    assert.equal(await told(pds, { login_type: 'ding' }), `invalid_request: ${bad}.LoginType`);
    const plain = { code_challenge: pkce().challenge, code_challenge_method: 'plain' };
    assert.equal(await told(pds, plain), `invalid_request: ${bad}.CodeChallengeMethod`);
  });

  it('is told to the user alone where it is not certain whose redirect URI that is', async () => {
    await using pds = await openPds();
    for (const change of [
      { client_id: 'nobody' },
      { client_id: '' },
      { redirect_uri: 'https://evil.example/' },
      { redirect_uri: `${pds.demo.webServerApp.redirectUri}/more` },
      { domain_id: 'other' },
    ]) {
      const visit = await createBrowser().open(addressFor(pds, change));
      assert.equal(visit.kind, 'page');
      assert.ok(visit.kind === 'page' && !isLoginPage(visit));
      assert.equal(visit.answer.status, 400);
    }
  });

  it('bothers nobody where the request is silent', async () => {
    await using pds = await openPds();
    const visit = await createBrowser().open(addressFor(pds, { prompt: 'none' }));
    assert.ok(visit.kind === 'departure');
    assert.equal(responseOf(visit).parameters.error, 'login_required');
  });

  it('an application with a key has no users at a browser', async () => {
    await using pds = await openPds();
    const answer = await get(addressFor(pds, { client_id: pds.demo.jwtApp.clientId }));
    assert.equal(answer.status, 400);
  });
});

describe('an application of a third party', () => {
  it('gets a code only where the user allows it, and is told where not', async () => {
    await using pds = await openPds();
    await pds.admin('PATCH', `/clients/${pds.demo.webServerApp.clientId}`, { thirdParty: true });
    const address = addressFor(pds, { hide_consent: 'true' });
    const denied = await authorize(createBrowser(), address, pds.demo.user, 'deny');
    assert.deepEqual([denied.parameters.error, denied.parameters.code], ['access_denied', undefined]);
    const allowed = await authorize(createBrowser(), address, pds.demo.user, 'allow');
    assert.ok(allowed.parameters.code);
  });
});
