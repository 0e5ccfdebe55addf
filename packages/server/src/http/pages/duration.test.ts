import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { spokenTime } from './duration.ts';

const cases: ReadonlyArray<readonly [seconds: number, english: string, chinese: string]> = [
  [0, '1 second', '1秒钟'],
  [1, '1 second', '1秒钟'],
  [1.1, '2 seconds', '2秒钟'],
  [59, '59 seconds', '59秒钟'],
  [60, '1 minute', '1分钟'],
  [61, '2 minutes', '2分钟'],
  [3599, '60 minutes', '60分钟'],
  [3600, '1 hour', '1小时'],
  [3601, '2 hours', '2小时'],
  [172_799, '48 hours', '48小时'],
  [172_800, '2 days', '2天'],
  [172_801, '3 days', '3天'],
  [31_536_000, '365 days', '365天'],
];

suite('a time in words', () => {
  for (const [seconds, english, chinese] of cases) {
    test(`${seconds} s is "${english}", never shorter than it is`, () => {
      assert.deepEqual([spokenTime('en', seconds), spokenTime('zh', seconds)], [english, chinese]);
    });
  }
});
