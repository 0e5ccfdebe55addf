import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { grantId, isGrantId } from './ids.ts';

const digit = fc.constantFrom(...'0123456789abcdef');
const random = fc.string({ unit: digit, minLength: 20, maxLength: 20 });
const instant = fc.integer({ min: 0, max: 2 ** 48 - 1 });
const zeros = '0'.repeat(20);

describe('grantId', () => {
  it('holds the instant in its first 12 digits, then the random ones around version and variant', () => {
    assert.equal(grantId(1_730_257_365_559, '123456789abcdef01234'), '0192db60-2a37-4123-8567-89abcdef0123');
    assert.equal(grantId(0, zeros), '00000000-0000-4000-8000-000000000000');
    assert.equal(grantId(2 ** 48 - 1, 'f'.repeat(20)), 'ffffffff-ffff-4fff-bfff-ffffffffffff');
  });

  it('has the form of a UUID version 4 at every instant', () => {
    fc.assert(
      fc.property(instant, random, (atMs, digits) => {
        const id = grantId(atMs, digits);
        assert.ok(isGrantId(id), id);
        assert.equal(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16), atMs);
      }),
    );
  });

  it('sorts by the instant of issue', () => {
    fc.assert(
      fc.property(instant, instant, random, random, (a, b, first, second) => {
        fc.pre(a < b);
        assert.ok(grantId(a, first) < grantId(b, second));
      }),
    );
  });

  it('uses 74 random bits: all of 18 digits and half of the fourth', () => {
    const ids = new Set<string>();
    for (let at = 0; at < 19; at++) {
      for (const value of '0123456789abcdef')
        ids.add(grantId(0, `${zeros.slice(0, at)}${value}${zeros.slice(at + 1)}`));
    }
    assert.equal(ids.size, 1 + 18 * 15 + 3);
  });
});

describe('isGrantId', () => {
  const good = '0192db60-2a37-4123-8567-89abcdef0123';
  const bad: Record<string, string> = {
    nothing: '',
    'upper case': good.toUpperCase(),
    'another version': good.replace('-4123', '-7123'),
    'another variant': good.replace('-8567', '-7567'),
    'one digit short': good.slice(0, -1),
    'one digit long': `${good}0`,
    'no hyphens': good.replaceAll('-', ''),
    'a line behind it': `${good}\n`,
    'a blank before it': ` ${good}`,
    'a letter beyond f': good.replace('a', 'g'),
  };
  it('accepts what grantId makes', () => assert.ok(isGrantId(good)));
  for (const [what, text] of Object.entries(bad)) {
    it(`refuses ${what}`, () => assert.equal(isGrantId(text), false));
  }
});
