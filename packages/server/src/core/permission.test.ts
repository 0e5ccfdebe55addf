import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isAllowed, matches, type Statement } from './permission.ts';

const create = 'log:CreateTicket';
const tickets = 'acs:log:cn-shanghai:1234:ticket/*';
const statement = (effect: 'Allow' | 'Deny', actions: string[], resources: string[]): Statement => ({
  effect,
  actions,
  resources,
});
const allow = statement('Allow', [create], ['acs:log:*:*:ticket/*']);

describe('a permission policy', () => {
  it('denies what no statement allows', () => {
    assert.equal(isAllowed([], create, tickets), false);
    assert.equal(isAllowed([statement('Allow', [], [])], create, tickets), false);
    assert.equal(isAllowed([allow], 'log:RefreshToken', tickets), false);
    assert.equal(isAllowed([allow], create, 'acs:log:cn-shanghai:1234:project/a'), false);
  });

  it('allows an action on a resource that one statement names together', () => {
    assert.equal(isAllowed([allow], create, tickets), true);
    const apart = [statement('Allow', [create], ['other']), statement('Allow', ['other'], [tickets])];
    assert.equal(isAllowed(apart, create, tickets), false);
  });

  it('lets a matching Deny win in any order', () => {
    const deny = statement('Deny', ['log:*'], ['*']);
    assert.equal(isAllowed([allow, deny], create, tickets), false);
    assert.equal(isAllowed([deny, allow], create, tickets), false);
  });

  it('passes over a Deny of something else', () => {
    assert.equal(isAllowed([allow, statement('Deny', ['log:RefreshToken'], ['*'])], create, tickets), true);
    assert.equal(isAllowed([allow, statement('Deny', [create], ['acs:log:cn-beijing:*'])], create, tickets), true);
  });

  it('matches actions in any case, resources exactly', () => {
    const upper = statement('Allow', ['LOG:createTICKET'], ['acs:LOG:*']);
    assert.equal(isAllowed([upper], create, 'acs:LOG:x'), true);
    assert.equal(isAllowed([upper], create, 'acs:log:x'), false);
  });

  it('needs one of several patterns', () => {
    const several = statement('Allow', ['ram:*', 'log:Create*'], ['none', 'acs:log:*:1234:*']);
    assert.equal(isAllowed([several], create, tickets), true);
    assert.equal(isAllowed([several], create, tickets.replace('1234', '1235')), false);
  });

  it('takes no account whose id merely starts alike', () => {
    const own = statement('Allow', [create], ['acs:log:*:123:ticket/*']);
    assert.equal(isAllowed([own], create, 'acs:log:cn-shanghai:123:ticket/*'), true);
    assert.equal(isAllowed([own], create, tickets), false);
  });
});

/** The meaning of a pattern without any cleverness: each `*` tries every length. */
function reference(pattern: string, text: string): boolean {
  const [head] = pattern;
  const rest = pattern.slice(1);
  if (head === undefined) return text === '';
  if (head === '*')
    return Array.from(text, (_, at) => at)
      .concat(text.length)
      .some((at) => reference(rest, text.slice(at)));
  return text !== '' && (head === '?' || head === text[0]) && reference(rest, text.slice(1));
}

/** The text as `matches` sees it, with every character that it reads counted. */
function counted(text: string, count: () => void): string {
  const watched = new Proxy(Object(text), {
    get(target, key) {
      if (key !== 'length') count();
      return Reflect.get(target, key);
    },
  });
  return watched;
}

describe('wildcards', () => {
  const table: [pattern: string, text: string, expected: boolean][] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['**', 'a', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', 'ab', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*c', 'abbbc', true],
    ['a*c', 'abbbcd', false],
    ['a*b*c', 'a-b-b-c', true],
    ['*ab', 'aab', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*?', 'a', true],
    ['*?', '', false],
    ['ticket/*', 'ticket/*', true],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
  ];
  for (const [pattern, text, expected] of table) {
    it(`"${pattern}" ${expected ? 'fits' : 'does not fit'} "${text}"`, () => {
      assert.equal(matches(pattern, text), expected);
      assert.equal(reference(pattern, text), expected);
    });
  }

  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 10 });

  it('mean what a slow and plain reading of them means', () => {
    fc.assert(
      fc.property(patterns, texts, (pattern, text) => {
        assert.equal(matches(pattern, text), reference(pattern, text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('end after pattern times text steps at most, whatever a policy holds', () => {
    const bound = (pattern: string, text: string): void => {
      let reads = 0;
      const count = () => {
        reads++;
      };
      matches(counted(pattern, count), counted(text, count));
      // A step reads four characters at most.
      const limit = 4 * (pattern.length + 1) * (text.length + 1);
      assert.ok(reads <= limit, `${reads} reads, limit ${limit}`);
    };
    fc.assert(fc.property(patterns, texts, bound));
    bound('*a'.repeat(50).concat('b'), 'a'.repeat(200));
    bound('*'.repeat(100).concat('b'), 'a'.repeat(200));
    bound('*?*?*?*b', 'a'.repeat(500));
  });
});
