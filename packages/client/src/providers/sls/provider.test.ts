import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { jwtOf, type Reply, type SentRequest, type WrittenAnswer, wire } from '../../core/context.sample.ts';
import { createTokenSource } from '../../core/create.ts';
import { isTokenError } from '../../core/errors.ts';
import type { TokenSource } from '../../core/types.ts';
import { type SlsOptions, sls } from './provider.ts';

const keys = { accessKeyId: 'id', accessKeySecret: 'secret' };
const startMs = Date.UTC(2026, 10, 22);
const hour = 3600;

interface World {
  readonly source: TokenSource;
  readonly clock: ReturnType<typeof wire>['clock'];
  readonly calls: string[];
}

/** A server that makes tickets and tokens as long as asked, one number for both. */
function world(options: Partial<SlsOptions>, faults: Array<WrittenAnswer | undefined> = []): World {
  const calls: string[] = [];
  let number = 0;
  const reply = ({ url }: SentRequest): WrittenAnswer => {
    const { pathname, searchParams } = new URL(url);
    calls.push(pathname);
    const fault = faults.shift();
    if (fault) return fault;
    const nowMs = clock.nowMs();
    const iat = Math.floor(nowMs / 1000);
    const tokenExp = Number(searchParams.get('accessTokenExpirationTime') ?? 86_400);
    number += 1;
    const common = { type: 'embedded', nonce: nowMs + number, iat };
    if (pathname === '/tickets') {
      const exp = iat + Number(searchParams.get('expirationTime') ?? 86_400);
      return { body: { ticket: jwtOf({ tokenExp, exp, ticketId: `ticket-${number}`, ...common }) } };
    }
    const claims = JSON.parse(atob(searchParams.get('ticket')?.split('.')[1] ?? ''));
    const exp = Math.min(iat + Math.min(tokenExp, claims.tokenExp), claims.exp);
    return { body: { accessToken: jwtOf({ accessTokenId: claims.ticketId, exp, ...common }) } };
  };
  const replies: Reply[] = Array.from({ length: 40 }, () => reply);
  const { fetch, clock } = wire(replies, startMs);
  const provider = sls({ ...keys, ...options } as SlsOptions);
  return { source: createTokenSource({ provider, fetch, clock, policy: { jitterShare: 0 } }), clock, calls };
}

suite('tokens of SLS', () => {
  test('a first token comes from a ticket, which goes with it', async () => {
    const { source, calls } = world({ expirationTime: 10 * hour, accessTokenExpirationTime: hour });
    const token = await source.getToken();
    assert.deepEqual(calls, ['/tickets', '/token/refresh']);
    assert.equal(token.expiresInMs(), hour * 1000);
    const { ticket } = token.extra;
    assert.ok(typeof ticket === 'string');
    const claims = JSON.parse(atob(ticket.split('.')[1] ?? ''));
    assert.equal(claims.ticketId, JSON.parse(atob(token.token.split('.')[1] ?? '')).accessTokenId);
    assert.ok(!JSON.stringify(token).includes(ticket));
  });

  test('the next ones come from the same ticket, and none is cut short by its end', async () => {
    const { source, clock, calls } = world({ expirationTime: 3 * hour, accessTokenExpirationTime: hour });
    const first = await source.getToken();
    const lives: number[] = [];
    for (let refresh = 1; refresh <= 4; refresh += 1) {
      await clock.advance(hour * 1000 - 1000);
      lives.push((await source.getToken()).expiresInMs() / 1000);
    }
    assert.deepEqual(lives, [hour, hour, hour, hour]);
    // After two tokens the ticket has less than an hour left.
    assert.deepEqual(calls.slice(2), [
      '/token/refresh',
      '/token/refresh',
      '/tickets',
      '/token/refresh',
      '/token/refresh',
    ]);
    assert.notEqual((await source.getToken()).extra.ticket, first.extra.ticket);
  });

  test('a ticket that lives exactly as long as the token still gives one', async () => {
    const { source, clock, calls } = world({ expirationTime: 2 * hour, accessTokenExpirationTime: hour });
    await source.getToken();
    await clock.advance(hour * 1000);
    assert.equal((await source.getToken()).expiresInMs(), hour * 1000);
    assert.equal(calls.at(-2), '/token/refresh');
    await clock.advance(1000);
    await source.getToken({ forceRefresh: true });
    assert.equal(calls.at(-2), '/tickets');
  });

  test('where ticket and token live for a day, each token has a ticket of its own', async () => {
    const { source, clock, calls } = world({});
    await source.getToken();
    await clock.advance(24 * hour * 1000 - 1000);
    assert.equal((await source.getToken()).expiresInMs(), 24 * hour * 1000);
    assert.deepEqual(calls, ['/tickets', '/token/refresh', '/tickets', '/token/refresh']);
  });

  test('a ticket that is no longer taken is followed by a new one', async () => {
    const gone = { status: 401, body: { errorCode: 'Unauthorized', errorMessage: '' } };
    const faults = [undefined, undefined, gone];
    const { source, calls } = world({ expirationTime: 10 * hour, accessTokenExpirationTime: hour }, faults);
    const { token } = await source.getToken();
    const next = await source.getToken({ forceRefresh: true });
    assert.notEqual(next.token, token);
    assert.deepEqual(calls.slice(2), ['/token/refresh', '/tickets', '/token/refresh']);
  });

  test('keys that are refused are told as such', async () => {
    const { source } = world({}, [{ status: 401, body: { errorCode: 'SignatureNotMatch', errorMessage: '' } }]);
    await assert.rejects(source.getToken(), (error: unknown) => {
      assert.ok(isTokenError(error, 'invalid_client'));
      assert.deepEqual([error.provider, error.vendorCode], ['sls', 'SignatureNotMatch']);
      return true;
    });
  });
});

suite('identity of SLS tokens', () => {
  const key = async (options: object) => sls({ ...keys, ...options }).key();

  test('keys, endpoint and lifetimes make it; the secret does not', async () => {
    const mine = await key({});
    assert.equal(await key({ accessKeySecret: 'other' }), mine);
    for (const other of [
      { accessKeyId: 'other' },
      { region: 'ap-southeast-1' },
      { expirationTime: 600 },
      { accessTokenExpirationTime: 600 },
    ]) {
      assert.notEqual(await key(other), mine, JSON.stringify(other));
    }
  });

  test('a name stands in for ids that change', async () => {
    const credentials = (accessKeyId: string) => () => ({ accessKeyId, accessKeySecret: 's' });
    const of = async (id: string, identity?: string) => sls({ credentials: credentials(id), identity }).key();
    assert.equal(await of('STS.1', 'nightly'), await of('STS.2', 'nightly'));
    assert.notEqual(await of('STS.1'), await of('STS.2'));
  });
});
