import assert from 'node:assert/strict';
import { test } from 'node:test';
import { world } from '../core/source.sample.ts';
import { replacing } from './replacement.ts';

test('a refused token is replaced; its replacement is not, for 30 seconds', async () => {
  const { source, server, clock } = world();
  const replace = replacing(source, clock);
  const first = await source.getToken();
  const second = await replace(first);
  assert.ok(second);
  assert.notEqual(second.token, first.token);
  await clock.advance(29_999);
  assert.equal(await replace(second), undefined);
  await clock.advance(1);
  assert.notEqual((await replace(second))?.token, second.token);
  assert.deepEqual(server.calls, ['acquire', 'refresh', 'refresh']);
});

test('a late refusal of the one before gets the present one, and causes no refresh', async () => {
  const { source, server, clock } = world();
  const replace = replacing(source, clock);
  const first = await source.getToken();
  const [second, same] = [await replace(first), await replace(first)];
  assert.equal(second, same);
  assert.equal(server.calls.length, 2);
});
