import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { createControlledClock, latestMs } from './clock.ts';

function system(startMs: number) {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
  };
}

suite('the emulator’s clock', () => {
  test('runs with the system’s clock until it is told otherwise', () => {
    const real = system(1_000);
    const clock = createControlledClock(real);
    real.pass(5);
    assert.equal(clock.nowMs(), 1_005);
    assert.equal(clock.frozen, false);
  });

  test('starts frozen at a given instant, the first one of 1970 included', () => {
    const real = system(1_000);
    const clock = createControlledClock(real, 0);
    real.pass(5);
    assert.equal(clock.nowMs(), 0);
    assert.equal(clock.frozen, true);
  });

  test('stands still where it is set, whether it ran before or not', () => {
    const real = system(1_000);
    const clock = createControlledClock(real);
    clock.set(77);
    real.pass(5);
    assert.equal(clock.nowMs(), 77);
    clock.set(42);
    assert.equal(clock.nowMs(), 42);
    assert.equal(clock.frozen, true);
  });

  test('stays frozen when it is advanced', () => {
    const clock = createControlledClock(system(1_000), 10_000);
    clock.advance(86_400);
    assert.equal(clock.nowMs(), 86_410_000);
    assert.equal(clock.frozen, true);
  });

  test('runs on when it is advanced while it runs', () => {
    const real = system(1_000);
    const clock = createControlledClock(real);
    clock.advance(60);
    real.pass(5);
    assert.equal(clock.nowMs(), 61_005);
    assert.equal(clock.frozen, false);
  });

  test('moves back by a negative step, and by parts of a second to the millisecond', () => {
    const clock = createControlledClock(system(0), 10_000);
    clock.advance(-2.0006);
    assert.equal(clock.nowMs(), 7_999);
  });

  test('goes on from where it stood, not from the system’s time', () => {
    const real = system(1_000);
    const clock = createControlledClock(real, 500_000);
    real.pass(100);
    clock.run();
    assert.equal(clock.nowMs(), 500_000);
    real.pass(7);
    assert.equal(clock.nowMs(), 500_007);
    assert.equal(clock.frozen, false);
  });

  test('running twice changes nothing', () => {
    const real = system(1_000);
    const clock = createControlledClock(real, 500_000);
    clock.run();
    real.pass(7);
    clock.run();
    assert.equal(clock.nowMs(), 500_007);
  });

  const ends: ReadonlyArray<readonly [string, number, boolean]> = [
    ['before 1970', -1, false],
    ['the first instant of 1970', 0, true],
    ['the last instant of 9999', latestMs, true],
    ['the first instant of 10000', latestMs + 1, false],
    ['no whole millisecond', 0.5, false],
    ['no number', Number.NaN, false],
  ];
  for (const [name, atMs, allowed] of ends) {
    test(`${allowed ? 'takes' : 'refuses'} ${name}`, () => {
      const clock = createControlledClock(system(1_000), 9);
      if (allowed) {
        clock.set(atMs);
        assert.equal(clock.nowMs(), atMs);
        return;
      }
      assert.throws(() => clock.set(atMs), RangeError);
      assert.throws(() => createControlledClock(system(0), atMs), RangeError);
      assert.equal(clock.nowMs(), 9);
    });
  }

  test('refuses a step beyond either end and stays where it was', () => {
    const clock = createControlledClock(system(1_000), 5_000);
    clock.advance(-5);
    assert.equal(clock.nowMs(), 0);
    assert.throws(() => clock.advance(-0.001), RangeError);
    assert.throws(() => clock.advance(Number.POSITIVE_INFINITY), RangeError);
    assert.equal(clock.nowMs(), 0);
  });

  test('goes back to where it stood at the beginning', () => {
    const clock = createControlledClock(system(1_000), 5_000);
    clock.advance(60);
    clock.run();
    clock.reset();
    assert.equal(clock.nowMs(), 5_000);
    assert.equal(clock.frozen, true);
  });

  test('goes back to the system’s time where it began with that', () => {
    const clock = createControlledClock(system(1_000));
    for (const move of [() => clock.set(5), () => clock.advance(60)]) {
      move();
      clock.reset();
      assert.equal(clock.nowMs(), 1_000);
      assert.equal(clock.frozen, false);
    }
  });
});
