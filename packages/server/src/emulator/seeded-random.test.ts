import assert from 'node:assert/strict';
import test from 'node:test';
import { seededRandom, stagedRandom } from './seeded-random.ts';

test('the same seed gives the same bytes and digits in the same order', () => {
  const draw = (seed: string) => {
    const random = seededRandom(seed);
    return [random.hex(20), Buffer.from(random.bytes(32)).toString('hex'), random.hex(15), random.hex(16)];
  };
  assert.deepEqual(draw('tiger'), draw('tiger'));
  assert.notDeepEqual(draw('tiger'), draw('tigers'));
});

test('how the draws are cut does not matter: it is one stream, over the end of the pool and for long draws', () => {
  const whole = Buffer.from(seededRandom('s').bytes(20_000)).toString('hex');
  const random = seededRandom('s');
  let cut = '';
  for (let count = 1; cut.length < whole.length - 400; count = (count % 97) + 1) cut += random.hex(2 * count);
  assert.equal(cut, whole.slice(0, cut.length));
});

test('an odd number of digits is given, and bytes are the caller’s own', () => {
  const random = seededRandom('s');
  assert.match(random.hex(15), /^[0-9a-f]{15}$/);
  const first = random.bytes(16);
  const copy = Uint8Array.from(first);
  random.bytes(16).fill(0);
  random.bytes(5000);
  assert.deepEqual(first, copy);
});

test('a seed gives from release to release what recorded tests have seen', () => {
  assert.equal(seededRandom('hufu').hex(32), '2bec75aa63861666467c577170a371cb');
});

test('the empty seed is a seed', () => {
  assert.notEqual(seededRandom('').hex(32), '0'.repeat(32));
});

test('a stage begins its own stream, however much was drawn before it, and begins it again', () => {
  const [short, long] = [stagedRandom('s'), stagedRandom('s')];
  short.enter('start');
  long.enter('start');
  assert.equal(short.hex(16), long.hex(16));
  long.bytes(5000);
  const draw = (random: typeof short): string => {
    random.enter('serve');
    return random.hex(16) + Buffer.from(random.bytes(8)).toString('hex');
  };
  const drawn = draw(short);
  assert.equal(draw(long), drawn);
  assert.equal(draw(long), drawn);
  assert.notEqual(draw(stagedRandom('another')), drawn);
});
