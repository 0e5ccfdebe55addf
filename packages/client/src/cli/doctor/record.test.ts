import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { TokenError, type TokenErrorCode } from '../../core/errors.ts';
import { sha256 } from '../../core/sha256.ts';
import type { TokenRecord } from '../../core/types.ts';
import { Register } from '../../files/register.ts';
import { ownerNow } from '../../locks/file/owner.ts';
import { endpointsOf } from '../profiles/endpoints.ts';
import { adviceFor } from './advice.ts';
import { checkLock } from './lock.ts';
import { checkRecord } from './record.ts';

const nowMs = Date.UTC(2026, 10, 22, 9);
const kept: TokenRecord = { v: 1, generation: 1, skewMs: 0, writer: 'box:1', grant: { token: { token: 'secret' } } };

const examined = (record: TokenRecord | undefined, isInteractive = true): readonly string[] =>
  checkRecord({ record, isInteractive, nowMs, login: 'LOG IN', refresh: 'REFRESH' }).map(
    ({ name, state, detail }) => `${name} ${state}: ${detail}`,
  );

describe('what is kept of a profile', () => {
  it('is nothing, which only a person can change where one has to log in', () => {
    assert.deepEqual(examined(undefined), ['grant failed: nobody has logged in: LOG IN']);
    assert.deepEqual(examined(undefined, false), ['grant skipped: nothing is kept yet']);
  });

  it('is a grant that ends at its last millisecond by the clock of the server', () => {
    const until = (refreshExpiresAtMs: number, skewMs = 0): TokenRecord => ({
      ...kept,
      skewMs,
      grant: { token: { token: 'secret' }, refreshExpiresAtMs },
    });
    assert.deepEqual(examined(kept), ['grant ok: kept, written by box:1']);
    assert.deepEqual(examined(until(nowMs + 1)), ['grant ok: good until 2026-11-22T09:00:00Z']);
    assert.deepEqual(examined(until(nowMs)), ['grant failed: ended at 2026-11-22T09:00:00Z: LOG IN']);
    assert.deepEqual(examined(until(nowMs + 1, 1)), ['grant failed: ended at 2026-11-22T09:00:00Z: LOG IN']);
    assert.match(examined(until(nowMs), false)[0] ?? '', /^grant ok: .* a new one is made with the next token$/);
  });

  it('is a tombstone that says who found it, and why', () => {
    const [line] = examined({ ...kept, dead: { code: 'invalid_grant', atMs: nowMs } });
    assert.equal(
      line,
      'grant failed: the server ended it (invalid_grant) at 2026-11-22T09:00:00Z, noted by box:1: LOG IN',
    );
  });

  it('is an intent without an outcome, and a pause for as long as it lasts', () => {
    const sent = { idempotencyKey: 'k', startedAtMs: nowMs - 60_000, notedAtMs: nowMs, writer: 'box:7' };
    const [, intent] = examined({ ...kept, intent: sent });
    assert.match(intent ?? '', /^intent warning: box:7 sent the refresh token at 2026-11-22T09:00:00Z, and no answer/);
    const paused = (untilMs: number, tries = 1) =>
      examined({ ...kept, cooldown: { sinceMs: nowMs - 1, untilMs, tries, code: 'network' } });
    assert.match(
      paused(nowMs + 1)[1] ?? '',
      /^pause warning: after one failure \(network\) nobody asks until .*: REFRESH$/,
    );
    assert.match(paused(nowMs + 1, 3)[1] ?? '', /^pause warning: after 3 failures in a row/);
    assert.equal(paused(nowMs).length, 1);
    const { grant: _grant, ...nothing } = kept;
    const first = { ...nothing, cooldown: { sinceMs: nowMs, untilMs: nowMs + 1, tries: 1, code: 'network' } } as const;
    assert.equal(examined(first, false).length, 2);
  });

  it('is never shown', () => {
    assert.ok(
      !examined({ ...kept, dead: { code: 'invalid_grant', atMs: 0 } })
        .join()
        .includes('secret'),
    );
  });
});

describe('the lock of a profile', () => {
  const homes: string[] = [];
  after(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

  it('is free, held by somebody, or left by one who died', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hufu-doctor-'));
    homes.push(folder);
    assert.deepEqual(await checkLock(folder, 'key', nowMs), { name: 'lock', state: 'ok', detail: 'free' });
    const register = new Register({ folder: join(folder, `${sha256('key')}.lock`), durable: false });
    await register.put(JSON.stringify(ownerNow('me')), 0);
    await register.touch(1, nowMs - 3_000);
    const held = await checkLock(folder, 'key', nowMs);
    assert.equal(held.state, 'warning');
    assert.match(held.detail, new RegExp(`^held by process ${process.pid} on \\S+, who was heard of 3 s ago$`));
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await register.put(JSON.stringify({ ...ownerNow('dead'), pid: child.pid }), 1);
    assert.match((await checkLock(folder, 'key', nowMs)).detail, /died with it: whoever needs it takes it over$/);
  });
});

describe('advice', () => {
  const advised = (code: TokenErrorCode, vendorCode?: string, provider: 'sls' | 'pds' | 'scnet' | 'oauth2' = 'sls') =>
    adviceFor(new TokenError({ code, message: '', vendorCode }), provider, 'LOG IN');

  it('is about the code of the vendor, in the words of its console', () => {
    assert.match(advised('invalid_client', 'SignatureNotMatch'), /^the AccessKey secret is wrong/);
    assert.match(advised('invalid_client', 'Unauthorized'), /log:CreateTicket/);
    assert.match(advised('invalid_client', 'InvalidParameter.Assertion', 'pds'), /^the private key is not the one/);
    assert.match(advised('clock_skew', 'InvalidParameterExpired.Exp', 'pds'), /^the clocks differ/);
    assert.match(advised('invalid_client', '10009', 'scnet'), /after a change of the login name/);
    assert.match(advised('config', 'invalid_scope', 'oauth2'), /scope/);
  });

  it('falls back on our code where the vendor says something else, or nothing', () => {
    assert.equal(advised('reauth_required', 'SomethingNew'), 'LOG IN');
    assert.match(advised('network'), /^the server cannot be reached/);
    // A code of another vendor.
    assert.match(
      advised('invalid_client', 'SignatureNotMatch', 'oauth2'),
      /^the credentials of the profile are refused/,
    );
    assert.match(adviceFor(new Error('x'), 'sls', ''), /report/);
  });
});

describe('the servers of a profile', () => {
  it('are those of its options, or the defaults of its provider', () => {
    const of = (provider: 'sls' | 'pds' | 'scnet' | 'oauth2', options: object = {}, grant = '') =>
      endpointsOf({ provider, grant }, { ...options });
    assert.deepEqual(of('sls'), ['https://cn-shanghai.log.aliyuncs.com']);
    assert.deepEqual(of('sls', { region: 'ap-southeast-1' }), ['https://ap-southeast-1.log.aliyuncs.com']);
    assert.deepEqual(of('sls', { endpoint: 'http://127.0.0.1:1' }), ['http://127.0.0.1:1']);
    assert.deepEqual(of('pds', { domainId: 'bj1' }), ['https://bj1.api.aliyunpds.com']);
    assert.deepEqual(of('scnet', {}, 'password'), ['https://www.scnet.cn']);
    assert.deepEqual(of('scnet', {}, 'access-key'), ['https://api.scnet.cn', 'https://www.scnet.cn']);
    assert.deepEqual(of('scnet', { acBase: 'http://[::1]:1', apiBase: 'http://[::1]:1' }, 'access-key'), [
      'http://[::1]:1',
    ]);
    assert.deepEqual(of('oauth2', { issuer: 'https://id.example/t' }), ['https://id.example/t']);
    assert.throws(() => of('oauth2', { issuer: 'http://id.example' }), { code: 'config' });
    assert.deepEqual(of('oauth2', { issuer: 'http://id.example', allowPlainHttp: true }), ['http://id.example']);
  });
});
