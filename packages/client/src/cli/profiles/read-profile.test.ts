import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CliError } from '../terminal/failure.ts';
import { givenProfile } from './given.ts';
import { readProfile } from './read-profile.ts';
import { parseReference, readReference } from './reference.ts';

const given = (provider: string, set: readonly string[] = [], secret: readonly string[] = [], grant?: string) =>
  readProfile('mine', givenProfile({}, { provider, grant, set, secret }));

/** The sentence of a refusal, which never has a value in it. */
function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a profile of the command line', () => {
  it('has each option in its own type', () => {
    const set = ['expirationTime=3600', 'allowPlainHttp=true', 'signature=v1', 'credentials=alibaba-cli:work'];
    assert.deepEqual(given('sls', set), {
      provider: 'sls',
      grant: 'ticket',
      storage: 'auto',
      options: {
        expirationTime: 3600,
        allowPlainHttp: true,
        signature: 'v1',
        credentials: { 'alibaba-cli': 'work' },
      },
    });
    const metadata = 'metadata={"token_endpoint":"https://id.example/token"}';
    const { options } = given(
      'oauth2',
      ['issuer=https://id.example', 'clientId=a', metadata],
      [],
      'client_credentials',
    );
    assert.deepEqual(options.metadata, { token_endpoint: 'https://id.example/token' });
  });

  it('has the grant that alone has its options, and none where several have them', () => {
    const grantOf = (provider: string, set: readonly string[], secret: readonly string[] = []) =>
      givenProfile({}, { provider, set, secret }).grant;
    assert.equal(grantOf('scnet', ['user=a', 'accessKey=b'], ['secretKey=env:SK']), 'access-key');
    assert.equal(grantOf('scnet', ['user=a', 'orgId=b']), 'password');
    assert.equal(grantOf('scnet', ['user=a']), undefined);
    assert.equal(grantOf('pds', ['domainId=a', 'userId=b']), 'user-jwt');
    // Without a user it could be the service account, which may do everything: that has to be said.
    assert.equal(grantOf('pds', ['domainId=a', 'clientId=b'], ['privateKeyPem=env:KEY']), undefined);
    assert.equal(grantOf('scnet', ['user=a', 'typo=b']), undefined);
    const before = { provider: 'scnet', grant: 'password' };
    assert.equal(givenProfile(before, { set: ['accessKey=b'], secret: [] }).grant, 'password');
  });

  it('keeps what stands behind the first equals sign', () => {
    const { options } = given('oauth2', ['issuer=https://id.example', 'clientId=a=b=='], [], 'client_credentials');
    assert.equal(options.clientId, 'a=b==');
  });

  it('changes what is named, and takes a default again', () => {
    const before = givenProfile({}, { provider: 'sls', set: ['region=a', 'signature=v1'], secret: [] });
    const after = givenProfile(before, { set: ['region=b'], secret: [], unset: ['signature'] });
    assert.deepEqual(readProfile('mine', after).options, { region: 'b' });
  });
});

describe('a secret', () => {
  it('is a place in the profile, in each of the forms', () => {
    const place = (text: string) =>
      given('sls', ['accessKeyId=a'], [`accessKeySecret=${text}`]).options.accessKeySecret;
    assert.deepEqual(place('env:A_B'), { env: 'A_B' });
    assert.deepEqual(place('file:/run/secret'), { file: '/run/secret' });
    assert.deepEqual(place('file:~/secret'), { file: '~/secret' });
    assert.deepEqual(place('command:pass show  a/b'), { command: ['pass', 'show', 'a/b'] });
    assert.deepEqual(place('command:["op","read","op://a b/c"]'), { command: ['op', 'read', 'op://a b/c'] });
    assert.deepEqual(place('stored'), { stored: true });
  });

  it('makes the file of a place absolute', () => {
    assert.deepEqual(parseReference('a', 'file:b'), { file: `${process.cwd()}/b` });
  });

  it('is never taken itself, and not repeated', () => {
    const typed = refusal(() => given('sls', ['accessKeySecret=hunter2'], []));
    assert.match(typed, /^--set accessKeySecret: it is a secret: say where it is/);
    const behind = refusal(() => given('sls', [], ['accessKeySecret=hunter2']));
    assert.match(behind, /^--secret accessKeySecret: say where it is, not what it is: env:NAME/);
    const bare = refusal(() => given('sls', [], ['hunter2']));
    const inFile = refusal(() => readProfile('mine', { provider: 'sls', accessKeySecret: 'hunter2' }));
    assert.match(inFile, /^profile "mine": accessKeySecret: a secret never stands in the file, but where it is/);
    for (const text of [typed, behind, bare, inFile]) assert.ok(!text.includes('hunter2'));
  });

  it('is refused where it stands in no form of a place', () => {
    for (const value of [
      { env: '' },
      { env: 'A', file: '/b' },
      { file: 'relative' },
      { command: [] },
      { command: ['a', 1] },
      {},
    ]) {
      assert.equal(readReference(value), undefined, JSON.stringify(value));
    }
    assert.equal(readReference({ stored: false }), undefined);
    assert.match(
      refusal(() => parseReference('a', 'command:["op"')),
      /neither words nor a JSON list/,
    );
  });
});

describe('a profile that cannot be right', () => {
  for (const [what, value, sentence] of [
    ['is no object', [], /^profile "mine": it is no JSON object$/],
    ['has no provider', {}, /^profile "mine": provider: allowed: sls, pds, scnet, oauth2$/],
    ['has a provider of the prototype', { provider: 'constructor' }, /provider: allowed/],
    ['has no grant where there are several', { provider: 'pds' }, /grant: allowed: user-jwt, service-jwt, code$/],
    ['has a grant of another', { provider: 'sls', grant: 'code' }, /grant: allowed: ticket$/],
    [
      'has another storage',
      { provider: 'sls', storage: 'cloud' },
      /storage: allowed: auto, keychain, sealed, file, memory$/,
    ],
    [
      'has an option that nobody reads',
      { provider: 'sls', regoin: 'a' },
      /there is no regoin, but credentials, accessKeyId/,
    ],
    ['has an empty text', { provider: 'sls', region: '' }, /region: allowed: a text, or where it is/],
    [
      'has a number as text',
      { provider: 'sls', expirationTime: '3600' },
      /expirationTime: allowed: a whole number of seconds/,
    ],
    ['has a part of a second', { provider: 'sls', expirationTime: 1.5 }, /expirationTime: allowed: a whole number/],
    ['has another word', { provider: 'sls', signature: 'v2' }, /signature: allowed: v4, v1$/],
    ['has a typed text that is no secret', { provider: 'sls', region: { stored: true } }, /region: allowed: a text/],
    [
      'has a member that is a list',
      { provider: 'oauth2', grant: 'code', metadata: [] },
      /metadata: allowed: a JSON object/,
    ],
    [
      'has keys from nowhere',
      { provider: 'sls', credentials: 'cloud' },
      /credentials: allowed: "machine", \{ "alibaba-cli"/,
    ],
    [
      'lacks an option',
      { provider: 'scnet', grant: 'access-key', user: 'a', accessKey: 'b' },
      /secretKey is missing: SK; say where it is, by --secret secretKey=env:NAME/,
    ],
    [
      'lacks a text',
      { provider: 'oauth2', grant: 'code', clientId: 'a' },
      /issuer is missing: .*; set it by --set issuer=…$/,
    ],
  ] as const) {
    it(what, () =>
      assert.match(
        refusal(() => readProfile('mine', value)),
        sentence,
      ),
    );
  }

  it('is refused on the command line without its value', () => {
    assert.equal(
      refusal(() => given('sls', ['region'])),
      '--set: allowed: OPTION=VALUE',
    );
    assert.equal(
      refusal(() => given('sls', ['=a'])),
      '--set: allowed: OPTION=VALUE',
    );
  });
});
