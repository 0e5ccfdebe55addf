import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { grantId } from './ids.ts';
import { decodeRefreshToken, encodeRefreshToken, latestGeneration, taggedText } from './refresh-token.ts';

const keyId = '0123456789abcdef';
const tag = 'f0'.repeat(16);
const id = grantId(1_730_257_365_559, 'fedcba98765432100000');
const encode = (generation: number): string => encodeRefreshToken(taggedText({ keyId, grantId: id, generation }), tag);

const hex = (digits: number) =>
  fc.array(fc.constantFrom(...'0123456789abcdef'), { minLength: digits, maxLength: digits }).map((all) => all.join(''));

describe('a refresh token', () => {
  it('is its bytes in base64url: version, key, grant, generation, tag', () => {
    const bytes = Buffer.from(encode(258), 'base64url');
    assert.equal(bytes.length, 45);
    assert.equal(bytes.toString('hex'), `01${keyId}${id.replaceAll('-', '')}00000102${tag}`);
  });

  it('reads back as it was written, whatever it says, in 60 characters', () => {
    fc.assert(
      fc.property(
        hex(16),
        fc.nat(2 ** 42),
        hex(20),
        fc.nat(latestGeneration),
        hex(32),
        (key, atMs, random, generation, made) => {
          const parts = { keyId: key, grantId: grantId(atMs, random), generation };
          const token = encodeRefreshToken(taggedText(parts), made);
          assert.match(token, /^[A-Za-z0-9_-]{60}$/);
          assert.equal(Buffer.from(token, 'base64url').toString('base64url'), token);
          assert.deepEqual(decodeRefreshToken(token), { ...parts, tagged: taggedText(parts), tag: made });
        },
      ),
    );
  });

  it('counts generations from 0 to the last of 32 bits, not beyond', () => {
    for (const generation of [0, 1, latestGeneration - 1, latestGeneration]) {
      assert.equal(decodeRefreshToken(encode(generation))?.generation, generation);
    }
    for (const generation of [-1, latestGeneration + 1, 0.5, Number.NaN]) {
      assert.throws(() => encode(generation), RangeError);
    }
  });

  it('is not written with a key, grant or tag of another form', () => {
    for (const wrong of ['', '0123', keyId.toUpperCase(), `${keyId}00`]) {
      assert.throws(() => taggedText({ keyId: wrong, grantId: id, generation: 1 }), RangeError);
    }
    assert.throws(() => taggedText({ keyId, grantId: 'x', generation: 1 }), RangeError);
    for (const wrong of ['', tag.slice(1), `${tag}0`, tag.toUpperCase()]) {
      assert.throws(() => encodeRefreshToken(taggedText({ keyId, grantId: id, generation: 1 }), wrong), RangeError);
    }
  });
});

describe('what is no refresh token', () => {
  const token = encode(1);
  const cases: readonly (readonly [what: string, text: string])[] = [
    ['nothing', ''],
    ['a text one short', token.slice(1)],
    ['a text one longer', `${token}A`],
    ['padding', `${token.slice(0, 59)}=`],
    ['base64 instead of base64url', `${token.slice(0, 59)}+`],
    ['space around', ` ${token}`],
    ['a line feed at the end', `${token.slice(0, 59)}\n`],
    ['another version', `Ag${token.slice(2)}`],
    ['a grant id that is no UUID', Buffer.alloc(45, 1).toString('base64url')],
    ['a letter beyond ASCII', `${token.slice(0, 59)}é`],
  ];
  for (const [what, text] of cases) {
    it(`${what} is not read`, () => assert.equal(decodeRefreshToken(text), undefined));
  }

  it('is never thrown about, whatever it is', () => {
    const like = fc.stringMatching(/^[A-Za-z0-9_-]{60}$/);
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), like), (text) => {
        const parts = decodeRefreshToken(text);
        if (parts) assert.equal(encodeRefreshToken(taggedText(parts), parts.tag), text);
      }),
    );
  });
});
