import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { durationMs, durationText } from './duration.ts';

describe('a length of time on the command line', () => {
  for (const [text, ms] of [
    ['0', 0],
    ['300', 300_000],
    ['90s', 90_000],
    ['5m', 300_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1d1h1m1s', 90_061_000],
  ] as const) {
    it(`${text} is ${ms} ms`, () => assert.equal(durationMs(text), ms));
  }

  for (const text of ['', 'soon', '5M', '1m1h', '-5s', '1.5h', '5 m', '12345678901s']) {
    it(`${JSON.stringify(text)} is none`, () => {
      assert.throws(() => durationMs(text), /allowed: seconds, or such as 90s/);
    });
  }
});

describe('a length of time for people', () => {
  for (const [ms, text] of [
    [0, '0 s'],
    [999, '0 s'],
    [1000, '1 s'],
    [59_999, '59 s'],
    [60_000, '1 min'],
    [250_000, '4 min 10 s'],
    [3_600_000, '1 h'],
    [3_605_000, '1 h'],
    [86_399_999, '23 h 59 min'],
    [97_200_000, '1 d 3 h'],
  ] as const) {
    it(`${ms} ms is ${text}`, () => assert.equal(durationText(ms), text));
  }
});
