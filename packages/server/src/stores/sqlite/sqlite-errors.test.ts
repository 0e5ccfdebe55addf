import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isBusy, kindOf } from './sqlite-errors.ts';

const sqliteError = (errcode: unknown): Error => Object.assign(new Error('of SQLite'), { errcode });

describe('kindOf', () => {
  for (const [name, error, kind] of [
    ['a full disk', sqliteError(13), 'environment'],
    ['a failed read, write or fsync, by its extended code', sqliteError(10 | (4 << 8)), 'environment'],
    ['a lock of somebody else', sqliteError(5), 'environment'],
    ['a damaged file', sqliteError(11), 'environment'],
    ['a reference to nothing', sqliteError(787), 'owner_missing'],
    ['a name that somebody else has', sqliteError(2067), 'taken'],
    ['another broken constraint', sqliteError(1299), 'statement'],
    ['a wrong type', sqliteError(20), 'statement'],
    ['an error of ours', new TypeError('no'), 'statement'],
    ['an error whose code is no number', sqliteError('13'), 'statement'],
    ['no error at all', 'text', 'statement'],
  ] as const) {
    it(`takes ${name} for ${kind}`, () => {
      assert.equal(kindOf(error), kind);
    });
  }
});

describe('isBusy', () => {
  it('is true for a lock of somebody else, by its extended codes too', () => {
    assert.deepEqual([sqliteError(5), sqliteError(5 | (2 << 8)), sqliteError(6), new Error()].map(isBusy), [
      true,
      true,
      false,
      false,
    ]);
  });
});
