import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { suite, test } from 'node:test';
import { wire } from '../../core/context.sample.ts';
import { refusedWith } from '../../core/source.sample.ts';
import { type PdsClient, pdsClient } from './client.ts';
import { pdsJwt } from './jwt-application.ts';
import { pdsOAuth } from './oauth-provider.ts';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ecPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const jwt = { client_id: 'app', domain_id: 'bj29', private_key_pem: 'PEM', user_id: 'u-1' };
const code = { client_id: 'app', redirect_uri: 'https://app.example/back', code: 'c0de' };
const refresh = { client_id: 'app', refresh_token: 'r' };

/** The parameters of each case go past the compiler, as those of a caller without one do. */
const traps: ReadonlyArray<readonly [rule: string, keyof PdsClient, params: object, message: RegExp]> = [
  [
    'private_Key_pem, as the sample has it',
    'getUserJwtToken',
    { client_id: 'app', domain_id: 'bj29', user_id: 'u-1', private_Key_pem: 'PEM' },
    /^there is no private_Key_pem, but client_id, private_key_pem, domain_id, user_id, auto_create, subdomain_id$/,
  ],
  [
    'privary_key_pem, as the sample has it',
    'getServiceJwtToken',
    { privary_key_pem: 'PEM' },
    /no privary_key_pem, but client_id, private_key_pem,/,
  ],
  [
    'redirect_url, as the table has it',
    'getTokenByCode',
    { client_id: 'app', redirect_url: 'https://app.example', code: 'c' },
    /^there is no redirect_url, but client_id, redirect_uri, code, client_secret, code_verifier$/,
  ],
  [
    'redirect_url at a refresh',
    'refreshToken',
    { ...refresh, redirect_url: 'https://x' },
    /no redirect_url, but .*redirect_uri$/,
  ],
  [
    'a secret that is undefined',
    'getTokenByCode',
    { ...code, client_secret: undefined },
    /^client_secret is empty, or no text: is a variable not set\?$/,
  ],
  [
    'a secret that is the word',
    'refreshToken',
    { ...refresh, client_secret: 'undefined' },
    /client_secret is empty, or no text/,
  ],
  ['an empty secret', 'refreshToken', { ...refresh, client_secret: '' }, /client_secret is empty/],
  ['a secret that is null', 'refreshToken', { ...refresh, client_secret: null }, /client_secret is empty, or no text/],
  ['a missing user', 'getUserJwtToken', { ...jwt, user_id: undefined }, /user_id is empty/],
  ['a user for the service account', 'getServiceJwtToken', jwt, /there is no user_id, but/],
  ['a number as a user', 'getUserJwtToken', { ...jwt, user_id: 1 }, /user_id is empty, or no text/],
  ['auto_create as a word', 'getUserJwtToken', { ...jwt, auto_create: 'true' }, /auto_create is true or false/],
  ['a missing domain', 'getServiceJwtToken', { client_id: 'app', private_key_pem: 'PEM' }, /domain_id is empty/],
  ['a missing code', 'getTokenByCode', { ...code, code: '' }, /code is empty/],
  ['a missing refresh token', 'refreshJwtToken', { client_id: 'app' }, /refresh_token is empty/],
  ['a secret where none is sent', 'refreshJwtToken', { ...refresh, client_secret: 's' }, /there is no client_secret/],
  ["the wire's name of the application", 'refreshJwtToken', { ...refresh, app_id: 'a' }, /no app_id, but client_id/],
  ["a caller's grant_type, which the SDK overwrites", 'getTokenByCode', { ...code, grant_type: 'x' }, /no grant_type/],
  ['a key that is none', 'getUserJwtToken', jwt, /^private_key_pem is no private key for RSA.* in PEM$/],
  [
    'an EC key, which the SDK signs with',
    'getUserJwtToken',
    { ...jwt, private_key_pem: ecPem },
    /is no private key for RSA/,
  ],
];

suite('traps of the document', () => {
  for (const [rule, method, params, message] of traps) {
    test(`${rule}: a clear error, and nothing is sent`, async () => {
      const { fetch, sent, clock } = wire([]);
      const client = pdsClient({ domainId: 'bj29', fetch, clock });
      // What the compiler would refuse is what is looked at here.
      const call = client[method] as (given: object) => Promise<unknown>;
      await assert.rejects(call(params), (error: unknown) => {
        assert.ok(refusedWith('config')(error) && error instanceof Error);
        assert.match(error.message, message);
        return true;
      });
      assert.equal(sent.length, 0);
    });
  }

  for (const [rule, make, message] of [
    ['no domain', () => pdsClient({}), /^domainId is empty/],
    ['a domain that is none', () => pdsClient({ domainId: 'evil.example/x' }), /^domainId is no name of a domain$/],
    [
      'the name of the SDK',
      () => pdsClient({ api_endpoint: 'https://x' } as object),
      /no api_endpoint, but domainId, endpoint,/,
    ],
    ['plain http', () => pdsClient({ endpoint: 'http://pds.example' }), /plain http to another machine/],
    [
      'neither user nor service',
      () => pdsJwt({ domainId: 'bj29', clientId: 'a', privateKeyPem: 'PEM' } as never),
      /^whose token, userId or service: true\?$/,
    ],
    [
      'both user and service',
      () => pdsJwt({ domainId: 'bj29', clientId: 'a', privateKeyPem: 'PEM', userId: 'u', service: true }),
      /whose token, userId or service/,
    ],
    [
      'a user that is not set, which must not become the service account',
      () => pdsJwt({ domainId: 'bj29', clientId: 'a', privateKeyPem: 'PEM', userId: undefined } as never),
      /userId is empty, or no text: is a variable not set\?/,
    ],
    [
      'private_Key_pem',
      () => pdsJwt({ domainId: 'bj29', private_Key_pem: '' } as never),
      /no private_Key_pem, but .*privateKeyPem/,
    ],
    [
      'a secret that is not set',
      () => pdsOAuth({ domainId: 'bj29', clientId: 'a', redirectUri: 'https://b', clientSecret: undefined } as never),
      /^clientSecret is empty, or no text/,
    ],
    [
      'redirectUrl',
      () => pdsOAuth({ domainId: 'bj29', clientId: 'a', redirectUrl: '' } as never),
      /no redirectUrl, but .*redirectUri/,
    ],
  ] as const) {
    test(`${rule}: refused where it is written`, () => assert.throws(make, { message }));
  }
});
