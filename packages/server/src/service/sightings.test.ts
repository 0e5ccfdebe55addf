import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sampleGrant } from '../core/grant.sample.ts';
import { createSightings } from './sightings.ts';

function watched(markSuccessorSeen: () => Promise<boolean> = async () => true) {
  const marks: unknown[] = [];
  const waiting: Promise<unknown>[] = [];
  const store = {
    markSuccessorSeen: (id: string, generation: number) => {
      marks.push([id, generation]);
      return markSuccessorSeen();
    },
  };
  const sightings = createSightings(store, (work) => waiting.push(work.catch(() => undefined)));
  return { marks, sightings, settled: () => Promise.all(waiting) };
}

const rotated = sampleGrant({ generation: 5, rotatedAtMs: 1 });

describe('a sighting', () => {
  it('marks the current generation of a rotated grant', () => {
    const { sightings, marks } = watched();
    sightings.note(rotated, 5);
    assert.deepEqual(marks, [[rotated.id, 5]]);
  });

  it('marks nothing where nothing would change', () => {
    const { sightings, marks } = watched();
    sightings.note({ ...rotated, successorSeen: true }, 5);
    sightings.note({ ...rotated, rotatedAtMs: undefined }, 5);
    for (const generation of [4, 6, undefined]) sightings.note(rotated, generation);
    assert.deepEqual(marks, []);
  });

  it('is marked once while the mark is under way, and again after a mark that failed', async () => {
    const { sightings, marks, settled } = watched(() => Promise.reject(new Error('full')));
    for (let times = 0; times < 100; times++) sightings.note(rotated, 5);
    assert.equal(marks.length, 1);
    await settled();
    sightings.note(rotated, 5);
    assert.equal(marks.length, 2);
    await settled();
  });
});
