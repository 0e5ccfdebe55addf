import assert from 'node:assert/strict';
import { argon2Sync } from 'node:crypto';
import test from 'node:test';
import { Overloaded } from '../service/ports.ts';
import { createPasswords, type PasswordOptions, passwordDefaults } from './passwords.ts';
import { systemRandom } from './random.ts';

/** As cheap as Argon2 goes. */
const cheap: PasswordOptions = { memoryKibibytes: 8, passes: 1, parallelism: 1, concurrency: 1, queueLength: 100 };
const passwordsWith = (options: Partial<PasswordOptions> = {}) =>
  createPasswords(systemRandom, { ...cheap, ...options });
const passwords = passwordsWith();

test('a password opens its own hash and no other', async () => {
  const hash = await passwords.hash('correct horse');
  assert.equal(await passwords.verify('correct horse', hash), true);
  assert.equal(await passwords.verify('correct horsf', hash), false);
  assert.equal(await passwords.verify('', hash), false);
  assert.equal(await passwords.verify('correct horse', await passwords.hash('another')), false);
});

test('the hash is Argon2id in PHC form, with the cost that is set and a salt of its own', async () => {
  const costly = passwordsWith({ memoryKibibytes: 64, passes: 3, parallelism: 2 });
  const [first, second] = [await costly.hash('a'), await costly.hash('a')];
  assert.match(first, /^\$argon2id\$v=19\$m=64,t=3,p=2\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.notEqual(first, second);
});

test('the tag is the one of Argon2id over these bytes', async () => {
  const [, , , , salt = '', tag] = (await passwords.hash('password')).split('$');
  const made = argon2Sync('argon2id', {
    message: 'password',
    nonce: Buffer.from(salt, 'base64'),
    memory: cheap.memoryKibibytes,
    passes: cheap.passes,
    parallelism: cheap.parallelism,
    tagLength: 32,
  });
  assert.equal(made.toString('base64').replace('=', ''), tag);
});

test('the defaults are at least what OWASP asks for', () => {
  assert.ok(passwordDefaults.memoryKibibytes >= 19_456 && passwordDefaults.passes >= 2);
});

test('a hash of another cost is checked at that cost', async () => {
  const old = await passwordsWith({ memoryKibibytes: 32, passes: 2 }).hash('kept');
  assert.equal(await passwords.verify('kept', old), true);
  assert.equal(await passwords.verify('lost', old), false);
});

test('what an earlier release wrote is still read', async () => {
  const hash = '$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$7N98wXRpFucIwqQvfRdQbM23xEVs+POQkm9/lfN5keg';
  assert.equal(await passwords.verify('an old password', hash), true);
});

test('spellings of one password in Unicode are one password; capitals and blanks count', async () => {
  const hash = await passwords.hash('Zo\u00eb \u864e');
  assert.equal(await passwords.verify('Zoe\u0308 \u864e', hash), true);
  assert.equal(await passwords.verify('zo\u00eb \u864e', hash), false);
  assert.equal(await passwords.verify('Zo\u00eb \u864e ', hash), false);
});

test('where there is no hash the answer is no, and costs a hash as well', async () => {
  const alone = passwordsWith({ queueLength: 0 });
  for (const hash of [undefined, '', 'plain', '$argon2i$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$AAAA']) {
    const first = alone.verify('password', hash);
    // Its turn is taken, so that a hash is under way.
    await assert.rejects(alone.hash('x'), Overloaded);
    assert.equal(await first, false);
  }
});

test('the line is as long as is set: who finds it full is told to come again', async () => {
  const short = passwordsWith({ concurrency: 2, queueLength: 3 });
  const calls = Array.from({ length: 7 }, () =>
    short.hash('x').then(
      () => 'done',
      (error: Error) => error.name,
    ),
  );
  assert.deepEqual(await Promise.all(calls), [...Array<string>(5).fill('done'), 'Overloaded', 'Overloaded']);
  assert.match(await short.hash('x'), /^\$argon2id/);
});

test('a hash that fails gives its turn back', async () => {
  const broken = passwordsWith({ memoryKibibytes: 1, queueLength: 0 });
  await assert.rejects(broken.hash('x'), { code: 'ERR_OUT_OF_RANGE' });
  await assert.rejects(broken.hash('x'), { code: 'ERR_OUT_OF_RANGE' });
});
