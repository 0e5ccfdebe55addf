import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isTokenError } from '../../core/errors.ts';
import { fromFunction } from '../../core/from-function.ts';
import type { JsonObject } from '../../core/platform.ts';
import { staticToken } from '../../core/static-token.ts';
import type { TokenFields } from '../../core/token.ts';
import { formatted } from './format.ts';
import type { Issued } from './issued.ts';
import type { formatNames } from './names.ts';

const endsAtMs = Date.UTC(2126, 0, 2, 3, 4, 5, 678);

async function issued(provider: string, extra: JsonObject = {}, more: Partial<TokenFields> = {}): Promise<Issued> {
  const source = fromFunction(async () => ({ token: 'abc.def', expiresAt: endsAtMs, extra, ...more }));
  return { profile: 'mine', provider, token: await source.getToken() };
}

const keys = { accessKeyId: 'STS.id', accessKeySecret: 'se"cr\'et' };

describe('the forms of a token, to the byte', () => {
  const golden: readonly (readonly [
    format: (typeof formatNames)[number],
    provider: string,
    extra: JsonObject,
    text: string,
  ])[] = [
    ['raw', 'oauth2', {}, 'abc.def\n'],
    ['header', 'oauth2', {}, 'Authorization: Bearer abc.def\n'],
    ['header', 'scnet', {}, 'token: abc.def\n'],
    [
      'json',
      'sls',
      { ticket: 'a ticket' },
      '{"profile":"mine","provider":"sls","token":"abc.def","type":"Bearer","expiresAt":"2126-01-02T03:04:05Z","scope":null,' +
        '"audience":null,"subject":null,"idToken":null,"extra":{"ticket":"a ticket"}}\n',
    ],
    [
      'env',
      'sls',
      { ticket: 'a ticket' },
      "export HUFU_TOKEN='abc.def'\nexport HUFU_TOKEN_EXPIRES_AT='2126-01-02T03:04:05Z'\n" +
        "export SLS_ACCESS_TOKEN='abc.def'\nexport SLS_TICKET='a ticket'\n",
    ],
    [
      'env',
      'oauth2',
      keys,
      "export HUFU_TOKEN='abc.def'\nexport HUFU_TOKEN_EXPIRES_AT='2126-01-02T03:04:05Z'\n" +
        "export OAUTH2_ACCESS_TOKEN='abc.def'\nexport ALIBABA_CLOUD_ACCESS_KEY_ID='STS.id'\n" +
        "export ALIBABA_CLOUD_ACCESS_KEY_SECRET='se\"cr'\\''et'\nexport ALIBABA_CLOUD_SECURITY_TOKEN='abc.def'\n",
    ],
    ['curl', 'oauth2', {}, 'header = "Authorization: Bearer abc.def"\n'],
    ['curl', 'scnet', {}, 'header = "token: abc.def"\n'],
    [
      'aws',
      'oauth2',
      keys,
      '{"Version":1,"AccessKeyId":"STS.id","SecretAccessKey":"se\\"cr\'et","SessionToken":"abc.def",' +
        '"Expiration":"2126-01-02T03:04:05Z"}\n',
    ],
    [
      'aliyun',
      'oauth2',
      { ...keys, securityToken: 'CAIS' },
      '{"mode":"StsToken","access_key_id":"STS.id","access_key_secret":"se\\"cr\'et","sts_token":"CAIS",' +
        '"expiration":"2126-01-02T03:04:05Z"}\n',
    ],
    [
      'k8s',
      'oauth2',
      {},
      '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"abc.def",' +
        '"expirationTimestamp":"2126-01-02T03:04:05Z"}}\n',
    ],
    ['git', 'oauth2', {}, 'username=oauth2\npassword=abc.def\npassword_expiry_utc=4922996645\n'],
  ];
  for (const [format, provider, extra, text] of golden) {
    it(`${format} of ${provider} with ${Object.keys(extra).join(', ') || 'nothing else'}`, async () => {
      assert.equal(formatted(await issued(provider, extra), format, {}), text);
    });
  }

  it('leave out an end that nobody knows', async () => {
    const token = await staticToken('abc.def').getToken();
    const eternal: Issued = { profile: 'mine', provider: 'oauth2', token };
    assert.equal(formatted(eternal, 'git', {}), 'username=oauth2\npassword=abc.def\n');
    assert.ok(!formatted(eternal, 'env', {}).includes('EXPIRES'));
    assert.match(formatted(eternal, 'json', {}), /"expiresAt":null/);
    assert.match(formatted(eternal, 'k8s', {}), /"status":\{"token":"abc.def"\}/);
  });

  it('speak the older version where kubectl does', async () => {
    const info =
      '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1","spec":{"interactive":false}}';
    const text = formatted(await issued('oauth2'), 'k8s', { KUBERNETES_EXEC_INFO: info });
    assert.equal(JSON.parse(text).apiVersion, 'client.authentication.k8s.io/v1beta1');
  });
});

describe('a token that a form cannot hold', () => {
  const refused = (code: string) => (error: unknown) => isTokenError(error) && error.code === code;

  it('is no header where a line end would begin another one', async () => {
    for (const format of ['header', 'curl'] as const) {
      for (const token of ['a\r\nx: y', 'a\tb', 'tokén', ' a', 'a ']) {
        const bad = await issued('oauth2', {}, { token });
        assert.throws(() => formatted(bad, format, {}), refused('malformed_response'), JSON.stringify(token));
      }
    }
  });

  it('is no line for git', async () => {
    const bad = await issued('oauth2', {}, { token: 'a\nhost=elsewhere' });
    assert.throws(() => formatted(bad, 'git', {}), refused('malformed_response'));
  });

  it('is no pair of keys, and the refusal shows none of it', async () => {
    for (const format of ['aws', 'aliyun'] as const) {
      for (const extra of [
        {},
        { accessKeyId: 'STS.id' },
        { ...keys, accessKeySecret: '' },
        { ...keys, securityToken: 1 },
      ]) {
        const bad = await issued('pds', extra);
        assert.throws(
          () => formatted(bad, format, {}),
          (error) => refused('config')(error) && !/abc|STS\.id|se"cr/.test(String(error)),
        );
      }
    }
  });

  it('is quoted in a configuration of curl', async () => {
    const odd = await issued('oauth2', {}, { token: 'a"b\\c' });
    assert.equal(formatted(odd, 'curl', {}), 'header = "Authorization: Bearer a\\"b\\\\c"\n');
  });
});
