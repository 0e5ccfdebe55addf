import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { isTokenError } from '../../core/errors.ts';
import { type SlsConnection, settingsOf } from './settings.ts';

const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };
const settings = (options: object) => settingsOf({ ...keys, ...options });

suite('settings of SLS', () => {
  for (const [given, endpoint, region] of [
    [{}, 'https://cn-shanghai.log.aliyuncs.com', 'cn-shanghai'],
    [{ region: 'ap-southeast-1' }, 'https://ap-southeast-1.log.aliyuncs.com', 'ap-southeast-1'],
    [{ endpoint: 'ap-southeast-1.log.aliyuncs.com' }, 'https://ap-southeast-1.log.aliyuncs.com', 'ap-southeast-1'],
    [
      { endpoint: 'cn-shanghai-intranet.log.aliyuncs.com' },
      'https://cn-shanghai-intranet.log.aliyuncs.com',
      'cn-shanghai',
    ],
    [{ endpoint: 'http://127.0.0.1:8420/' }, 'http://127.0.0.1:8420', 'cn-shanghai'],
    [{ endpoint: 'http://[::1]:8420', region: 'eu-1' }, 'http://[::1]:8420', 'eu-1'],
    [{ endpoint: 'https://hufu.example:443' }, 'https://hufu.example', 'cn-shanghai'],
    [{ endpoint: 'http://hufu.example', allowPlainHttp: true }, 'http://hufu.example', 'cn-shanghai'],
  ] as const) {
    test(`${JSON.stringify(given)} goes to ${endpoint}, signed for ${region}`, () => {
      const found = settings(given);
      assert.deepEqual([found.endpoint, found.region], [endpoint, region]);
    });
  }

  for (const [rule, given, message] of [
    [
      'a region that makes no tickets',
      { region: 'cn-hangzhou' },
      /tickets are made in cn-shanghai and ap-southeast-1 alone/,
    ],
    ['plain http to another machine', { endpoint: 'http://hufu.example' }, /plain http to another machine/],
    ['an address that is none', { endpoint: 'http://' }, /endpoint is no https/],
    ['another protocol', { endpoint: 'ftp://hufu.example' }, /endpoint is no https/],
    ['a query in the address', { endpoint: 'https://hufu.example?a=b' }, /endpoint is no https/],
    ['a password in the address', { endpoint: 'https://a:b@hufu.example' }, /endpoint is no https/],
    ['a path, which the SDK would leave unsigned', { endpoint: 'https://hufu.example/sls' }, /endpoint has a path/],
    ["the SDK's name of the region", { regionId: 'cn-shanghai' }, /there is no regionId, but .*region,/],
    ['an empty secret', { accessKeySecret: '' }, /accessKeySecret is empty, or no text: is a variable not set\?/],
    ['an unset id', { accessKeyId: undefined }, /accessKeyId is empty, or no text/],
    ['the word undefined', { accessKeyId: 'undefined' }, /accessKeyId is empty, or no text/],
    ['keys twice', { credentials: () => keys }, /credentials or accessKeyId, not both/],
  ] as const) {
    test(`${rule} is refused, and the secret not told`, () => {
      assert.throws(
        () => settings(given),
        (error: unknown) => {
          assert.ok(isTokenError(error, 'config'));
          assert.match(error.message, message);
          return !/a:b|"secret"/.test(error.message);
        },
      );
    });
  }

  test('a security token may be undefined: long-lived keys have none', async () => {
    const { accessKey } = settings({ securityToken: undefined });
    assert.equal((await accessKey()).securityToken, undefined);
  });

  test('what a function gives is looked at, too', async () => {
    const credentials = (() => ({ accessKeyId: 'id' })) as unknown as () => typeof keys;
    const options: SlsConnection = { credentials };
    await assert.rejects(async () => settingsOf(options).accessKey(), /accessKeySecret is empty/);
  });
});
