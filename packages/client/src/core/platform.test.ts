import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FetchLike } from './platform.ts';

test("the platform's own fetch is a FetchLike", async () => {
  const platform: FetchLike = fetch;
  const response = await platform('data:text/plain,tally', { signal: new AbortController().signal });
  assert.equal(await response.text(), 'tally');
});
