import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { fails, refusedWith, type World, world } from '../core/source.sample.ts';
import { asPdsRefresher, type PdsRefresher } from './index.ts';

const tokenOf = ({ access_token }: { readonly access_token: string }): number => Number(/\d+$/.exec(access_token)?.[0]);

/** Waits as the SDK does, while the clock is moved. */
async function refreshed({ clock }: World, refresher: PdsRefresher) {
  const refresh = refresher.refresh_token_fun();
  let isDone = false;
  const done = refresh.then(
    () => {
      isDone = true;
    },
    () => {
      isDone = true;
    },
  );
  const startMs = clock.monoMs();
  while (!isDone) await clock.advance(100);
  await done;
  return { info: await refresh, waitedMs: clock.monoMs() - startMs };
}

suite('the two functions of the PDS SDK', () => {
  test('give tokens in its form, which it never takes for over', async () => {
    const { source, clock } = world();
    assert.deepEqual(await asPdsRefresher(source, clock).always_get_token_fun(), {
      access_token: 'access-token-number-1',
      expire_time: '',
      token_type: 'Bearer',
    });
  });

  test('what the token has in extra is there, but cannot take the place of the token', async () => {
    const { source, clock } = world();
    const extra = { default_drive_id: '1', access_token: 'other' };
    await source.adopt({ token: { token: 'adopted', lifetimeMs: 3_600_000, extra } });
    const info = await asPdsRefresher(source, clock).always_get_token_fun();
    assert.deepEqual([info.access_token, info.default_drive_id], ['adopted', '1']);
  });

  test('a refused token is replaced after the SDK has let go of it, so that it sends the new one', async () => {
    const open = world();
    const refresher = asPdsRefresher(open.source, open.clock);
    await refresher.always_get_token_fun();
    await open.clock.advance(500);
    const { info, waitedMs } = await refreshed(open, refresher);
    assert.equal(tokenOf(info), 2);
    // 2,000 of the SDK, less 500 that have passed, and a margin.
    assert.equal(waitedMs, 1_600);
    assert.equal(tokenOf(await refresher.always_get_token_fun()), 2);
    assert.deepEqual(open.server.calls, ['acquire', 'refresh']);
  });

  test('without the first function there is nothing to wait for', async () => {
    const open = world();
    const refresher = asPdsRefresher(open.source, open.clock);
    assert.equal(tokenOf(await refresher.refresh_token_fun()), 1);
    assert.equal(tokenOf(await refresher.refresh_token_fun()), 2);
    assert.deepEqual(open.server.calls, ['acquire', 'refresh']);
  });

  test('a token that the SDK has from elsewhere is taken for the one that is held', async () => {
    const open = world();
    await open.source.getToken();
    assert.equal(tokenOf(await asPdsRefresher(open.source, open.clock).refresh_token_fun()), 2);
  });

  test('a server that refuses each token causes one refresh, and the endless loop of the SDK has an end', async () => {
    const open = world();
    const refresher = asPdsRefresher(open.source, open.clock);
    await refresher.refresh_token_fun();
    const given: number[] = [];
    const error = await (async () => {
      for (let count = 0; count < 100; count += 1) given.push(tokenOf(await refresher.refresh_token_fun()));
      return undefined;
    })().catch((thrown: unknown) => thrown);
    assert.ok(refusedWith('reauth_required')(error));
    assert.deepEqual(given, [2, 2, 2, 2, 2, 2]);
    assert.deepEqual(open.server.calls, ['acquire', 'refresh']);
  });

  test('a refusal half a minute later is an ordinary one', async () => {
    const open = world();
    const refresher = asPdsRefresher(open.source, open.clock);
    await refresher.refresh_token_fun();
    await refresher.refresh_token_fun();
    await open.clock.advance(30_000);
    assert.equal(tokenOf(await refresher.refresh_token_fun()), 3);
  });

  test('where no token can be had, the SDK is told', async () => {
    const open = world({ policy: { retries: 0 } });
    open.server.faults = [fails('invalid_client'), fails('invalid_client')];
    const refresher = asPdsRefresher(open.source, open.clock);
    await assert.rejects(refresher.always_get_token_fun(), refusedWith('invalid_client'));
  });
});
