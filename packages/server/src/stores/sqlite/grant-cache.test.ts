import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StoredGrant } from '../../core/grant.ts';
import { grantAt, startMs } from '../suite/samples.ts';
import { GrantCache } from './grant-cache.ts';

const stored = (): StoredGrant => ({ ...grantAt(startMs), useCount: 0, lastUsedAtMs: undefined, notBeforeMs: 0 });

describe('the cache of grants', () => {
  it('gives what was put, and nothing else', () => {
    const cache = new GrantCache(4);
    const grant = stored();
    cache.put(grant);
    assert.equal(cache.get(grant.id), grant);
    assert.equal(cache.get(stored().id), undefined);
  });

  it('never holds more than it may, and keeps what is looked up again', () => {
    const cache = new GrantCache(4);
    const used = stored();
    cache.put(used);
    const others = Array.from({ length: 20 }, stored);
    for (const grant of others) {
      cache.put(grant);
      assert.equal(cache.get(used.id), used);
    }
    const held = others.filter((grant) => cache.get(grant.id));
    assert.ok(held.length <= 3);
    assert.ok(held.includes(others.at(-1) ?? used));
  });

  it('forgets one grant, also an old one, or all', () => {
    const cache = new GrantCache(4);
    const [old, young, other] = [stored(), stored(), stored()];
    for (const grant of [old, other, young]) cache.put(grant);
    cache.forget(old.id);
    cache.forget(young.id);
    assert.deepEqual(
      [old, young, other].map((grant) => cache.get(grant.id)),
      [undefined, undefined, other],
    );
    cache.clear();
    assert.equal(cache.get(other.id), undefined);
  });

  it('of no size keeps nothing', () => {
    const cache = new GrantCache(0);
    const grant = stored();
    cache.put(grant);
    assert.equal(cache.get(grant.id), undefined);
  });
});
