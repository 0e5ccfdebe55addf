import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ConfigError, loadConfig, resolve } from './load.ts';
import { configDocs } from './schema.ts';
import { masterKeyText } from './secrets.ts';
import { configView } from './view.ts';

const folder = mkdtempSync(join(tmpdir(), 'hufu-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const fileWith = (text: string): string => {
  const file = join(folder, 'hufu.yaml');
  writeFileSync(file, text);
  return file;
};
const messageFor = (sources: Partial<Parameters<typeof loadConfig>[0]>): string => {
  try {
    loadConfig({ env: {}, ...sources });
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  throw new Error('nothing was refused');
};

describe('the configuration', () => {
  it('has a default for everything', () => {
    const config = loadConfig({ env: {} });
    assert.equal(config.server.port, 8420);
    assert.equal(config.sls.ticketMaximumSeconds, 2_592_000);
    assert.deepEqual(config.sls.issuingRegions, ['cn-shanghai', 'ap-southeast-1']);
  });

  it('takes the flag before the environment before the file, and tells where each value came from', () => {
    const file = fileWith('server: { port: 1001, host: 127.0.0.2, keepAliveTimeoutMs: 5 }');
    const env = { HUFU_SERVER_PORT: '1002', HUFU_SERVER_HOST: '127.0.0.3' };
    const { config, origins } = resolve({ file, env, flags: { 'server.port': '1003' } });
    assert.deepEqual(
      [config.server.port, config.server.host, config.server.keepAliveTimeoutMs],
      [1003, '127.0.0.3', 5],
    );
    const origin = (path: string) => configView(config, origins).find((option) => option.path === path)?.origin;
    assert.equal(origin('server.port'), 'flag');
    assert.equal(origin('server.host'), 'environment HUFU_SERVER_HOST');
    assert.equal(origin('server.keepAliveTimeoutMs'), `file ${file}`);
    assert.equal(origin('log.level'), 'default');
  });

  it('reads JSON as well as YAML', () => {
    assert.equal(loadConfig({ file: fileWith('{"server":{"port":99}}'), env: {} }).server.port, 99);
  });

  it('shows no secret', () => {
    const masterKey = 'c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I=';
    const { config, origins } = resolve({ env: { HUFU_DATA_MASTER_KEY: masterKey } });
    const view = JSON.stringify(configView(config, origins));
    assert.ok(!view.includes(masterKey));
    assert.match(view, /"path":"data\.masterKey","value":"\*\*\*"/);
  });

  it('reads lists and flags from text', () => {
    const env = { HUFU_SLS_ISSUING_REGIONS: 'cn-beijing, cn-hangzhou', HUFU_SLS_ENABLED: 'false' };
    const { sls } = loadConfig({ env });
    assert.deepEqual([sls.issuingRegions, sls.enabled], [['cn-beijing', 'cn-hangzhou'], false]);
  });

  it('gives every option a name in the environment of its own', () => {
    const names = configDocs().map((option) => option.env);
    assert.equal(new Set(names).size, names.length);
    assert.ok(names.includes('HUFU_SERVER_REQUEST_TIMEOUT_MS'));
  });
});

describe('a bad value stops the start with the option’s name, what was given and what is allowed', () => {
  const refusals: ReadonlyArray<readonly [env: Record<string, string>, message: RegExp]> = [
    [{ HUFU_SERVER_PORT: '65536' }, /^server\.port: given "65536", allowed: 65535 or less$/],
    [{ HUFU_SERVER_PORT: '-1' }, /^server\.port: given "-1", allowed: 0 or more$/],
    [{ HUFU_SERVER_PORT: 'http' }, /^server\.port: given "http", allowed: a whole number$/],
    [{ HUFU_SERVER_PORT: '' }, /^server\.port: given "", allowed: a whole number$/],
    [{ HUFU_SERVER_PORT: '80.5' }, /^server\.port: given "80\.5", allowed: a whole number$/],
    [{ HUFU_LOG_LEVEL: 'loud' }, /^log\.level: given "loud", allowed: fatal, error, warn, info, debug, silent$/],
    [
      { HUFU_SERVER_HOST: '0.0.0.0' },
      /^server\.host: given "0\.0\.0\.0" without TLS, allowed: a loopback address, server\.tlsCertFile, or server\.plainHttp "behind-proxy"$/,
    ],
    [{ HUFU_SERVER_TLS_KEY_FILE: 'key.pem' }, /^server\.tlsCertFile and server\.tlsKeyFile: give both or neither$/],
    [{ HUFU_SERVER_PUBLIC_URL: 'example.com' }, /^server\.publicUrl: given "example\.com", allowed: https/],
    [{ HUFU_ADMIN_TOKEN: 'short' }, /^admin\.token: given a shorter one, allowed: 16 characters or more$/],
    [
      { HUFU_SLS_TICKET_MAXIMUM_SECONDS: '2592001' },
      /^sls\.ticketMaximumSeconds: given "2592001", allowed: 2592000 or less$/,
    ],
    [{ HUFU_OAUTH_CODE_LIFETIME_SECONDS: '601' }, /^oauth\.codeLifetimeSeconds: given "601", allowed: 600 or less$/],
    [{ HUFU_OAUTH_RETRY_WINDOW_SECONDS: '601' }, /^oauth\.retryWindowSeconds: given "601", allowed: 600 or less$/],
    [
      { HUFU_OAUTH_SESSION_LIFETIME_SECONDS: '2591999' },
      /^oauth\.renewalLifetimeSeconds: allowed: oauth\.sessionLifetimeSeconds or less$/,
    ],
    [
      { HUFU_OAUTH_RENEWAL_LIFETIME_SECONDS: '599' },
      /^oauth\.accessTokenLifetimeSeconds: allowed: oauth\.renewalLifetimeSeconds or less$/,
    ],
    [
      { HUFU_OAUTH_DEFAULT_RESOURCE: 'https://api#x' },
      /^oauth\.defaultResource: given "https:\/\/api#x", allowed: an absolute URI without a fragment$/,
    ],
    [{ HUFU_OAUTH_PUBLISHED_SCOPES: 'read,a b' }, /^oauth\.publishedScopes: given \["a b"\], allowed: words without/],
    [
      { HUFU_SLS_TICKET_MAXIMUM_SECONDS: '60' },
      /^sls\.ticketDefaultSeconds: allowed: sls\.ticketMaximumSeconds or less$/,
    ],
    [{ HUFU_PDS_RETRY_WINDOW_SECONDS: '601' }, /^pds\.retryWindowSeconds: given "601", allowed: 600 or less$/],
    [
      { HUFU_PDS_ACCESS_TOKEN_LIFETIME_SECONDS: '7201', HUFU_PDS_RENEWAL_LIFETIME_SECONDS: '7200' },
      /^pds\.accessTokenLifetimeSeconds: allowed: pds\.renewalLifetimeSeconds or less$/,
    ],
    [
      { HUFU_PDS_SESSION_LIFETIME_SECONDS: '604799' },
      /^pds\.renewalLifetimeSeconds: allowed: pds\.sessionLifetimeSeconds or less$/,
    ],
    [
      { HUFU_PDS_JTI_MINIMUM_LENGTH: '17', HUFU_PDS_JTI_MAXIMUM_LENGTH: '16' },
      /^pds\.jtiMinimumLength: allowed: pds\.jtiMaximumLength or less$/,
    ],
  ];
  for (const [env, message] of refusals) {
    it(JSON.stringify(env), () => assert.match(messageFor({ env }), message));
  }

  it('names an option and a section that do not exist', () => {
    assert.match(messageFor({ file: fileWith('server: { prot: 1 }') }), /^unknown option in server: prot$/);
    assert.match(messageFor({ file: fileWith('sever: { port: 1 }') }), /^unknown section sever$/);
  });

  it('says what is wrong with a file', () => {
    assert.match(messageFor({ file: join(folder, 'none.yaml') }), /cannot be read: ENOENT$/);
    assert.match(messageFor({ file: fileWith('[1, 2]') }), /must hold sections/);
    assert.match(messageFor({ file: fileWith('server: 1') }), /section server .* must hold options/);
    assert.match(messageFor({ file: fileWith('a: b: c') }), /neither YAML nor JSON/);
  });

  it('never repeats a secret', () => {
    const env = { HUFU_ADMIN_TOKEN: 'short', HUFU_DATA_MASTER_KEY: 'x'.repeat(5000) };
    assert.ok(!messageFor({ env }).includes('xxx'));
    assert.ok(!messageFor({ env: { HUFU_ADMIN_TOKEN: 'hunter2' } }).includes('hunter2'));
  });

  it('refuses to start without a master key', () => {
    assert.throws(() => masterKeyText(loadConfig({ env: {} })), /^ConfigError: data\.masterKey: given none/);
  });
});
