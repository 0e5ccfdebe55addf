import assert from 'node:assert/strict';
import test from 'node:test';
import { attemptsKeptSeconds, login, loginProblems, loginSettings, passwordSettings } from './login.ts';

const defaults = login.parse({});
const maxHeaderBytes = 16 * 1024;
const isSecure = (reach: Partial<Parameters<typeof loginSettings>[1]>): boolean =>
  loginSettings(defaults, { plainHttp: 'loopback-only', ...reach }).isSecure;

test('cookies are Secure exactly where browsers come by TLS', () => {
  const cases = [
    [{}, false],
    [{ tlsCertFile: 'cert.pem' }, true],
    [{ publicUrl: 'https://login.example' }, true],
    [{ publicUrl: 'http://127.0.0.1:8420' }, false],
    [{ plainHttp: 'behind-proxy' }, true],
    [{ plainHttp: 'behind-proxy', publicUrl: 'http://login.example' }, false],
    [{ plainHttp: 'behind-proxy', publicUrl: 'https://login.example' }, true],
    [{ tlsCertFile: 'cert.pem', publicUrl: 'http://login.example' }, true],
  ] as const;
  for (const [reach, expected] of cases) assert.equal(isSecure(reach), expected, JSON.stringify(reach));
});

test('the public origin is what a browser makes of the public URL', () => {
  const originOf = (publicUrl: string) =>
    loginSettings(defaults, { plainHttp: 'loopback-only', publicUrl }).publicOrigin;
  assert.equal(originOf('https://Login.example:443'), 'https://login.example');
  assert.equal(originOf('https://login.example:8443'), 'https://login.example:8443');
  assert.equal(loginSettings(defaults, { plainHttp: 'loopback-only' }).publicOrigin, undefined);
});

test('the defaults contradict nothing', () => {
  assert.deepEqual(loginProblems(defaults, maxHeaderBytes), []);
});

test('names and addresses have policies of their own', () => {
  const { names, addresses } = loginSettings(login.parse({ nameFreeFailures: 7, addressLockSeconds: 9 }), {
    plainHttp: 'loopback-only',
  });
  assert.deepEqual([names.freeFailures, names.lockAfterFailures, names.lockSeconds], [7, 10, 900]);
  assert.deepEqual([addresses.freeFailures, addresses.lockAfterFailures, addresses.lockSeconds], [50, 0, 9]);
});

test('Argon2id has eight KiB for each lane', () => {
  const of = (passwordMemoryKibibytes: number, passwordParallelism: number) =>
    loginProblems(login.parse({ passwordMemoryKibibytes, passwordParallelism }), maxHeaderBytes);
  assert.deepEqual(of(32, 4), []);
  assert.match(String(of(31, 4)), /^login\.passwordMemoryKibibytes: allowed: 32 or more/);
  assert.equal(passwordSettings(login.parse({ passwordParallelism: 4 })).parallelism, 4);
});

test('a request that may come has to fit into the request line and the form that it comes back in', () => {
  const of = (given: object, headerBytes = maxHeaderBytes) => loginProblems(login.parse(given), headerBytes).join();
  assert.match(of({ queryLimitBytes: 16 * 1024 }), /^login\.queryLimitBytes: .*server\.maxHeaderBytes/);
  assert.equal(of({ queryLimitBytes: 8 * 1024 }, 2 * 8 * 1024 + 4096), '');
  assert.match(of({ bodyLimitBytes: 16 * 1024 }), /^login\.bodyLimitBytes: /);
  assert.match(of({ passwordLimitCharacters: 4096 }), /^login\.bodyLimitBytes: /);
});

test('a count of attempts is kept for as long as it can matter', () => {
  assert.equal(attemptsKeptSeconds(defaults), 86_400);
  assert.equal(attemptsKeptSeconds(login.parse({ nameForgetAfterSeconds: 60, nameLockSeconds: 7200 })), 7200);
  assert.equal(
    attemptsKeptSeconds(login.parse({ nameForgetAfterSeconds: 60, addressLongestDelaySeconds: 9000 })),
    9000,
  );
});
