import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareErrors, plainCodes, reasonCodes } from './errors.ts';

const reasons = "  | { readonly code: 'grant_expired'; readonly grantId: string }\n  | { readonly code: 'busy' }\n";
const doc = (...codes: string[]): string => codes.map((code) => `| \`${code}\` | words |`).join('\n');
const wire = [['ServerBusy', 'NotFound']];
const all = ['ServerBusy', 'NotFound', 'grant_expired', 'busy'];

describe('docs/errors.md', () => {
  it('has one row for each code', () => assert.deepEqual(compareErrors(doc(...all), reasons, wire), []));

  for (const missing of all) {
    it(`misses ${missing}`, () => {
      assert.equal(compareErrors(doc(...all.filter((code) => code !== missing)), reasons, wire).length, 1);
    });
  }

  it('may not name a code twice, or one that does not exist', () => {
    assert.equal(compareErrors(doc(...all, 'busy'), reasons, wire).length, 1);
    assert.equal(compareErrors(doc(...all, 'Gone'), reasons, wire).length, 1);
  });

  it('has a row for each system that uses the same code', () => {
    const twice = [...wire, ['busy']];
    assert.equal(compareErrors(doc(...all), reasons, twice).length, 1);
    assert.deepEqual(compareErrors(doc(...all, 'busy'), reasons, twice), []);
  });

  it('cannot pass because the reasons were not found', () => {
    assert.equal(compareErrors(doc('ServerBusy', 'NotFound'), 'export type Reason = never;', wire).length, 1);
  });

  it('reads the codes of refusals before a dialect is known', () => {
    const source = "{ status: 404, code: 'NotFound', message: '' }\n  {\n    status: 431,\n    code: 'TooLarge',\n  }";
    assert.deepEqual(plainCodes(source), ['NotFound', 'TooLarge']);
  });

  it('reads the codes of a union, however it is broken into lines', () => {
    assert.deepEqual(reasonCodes("| {\n  readonly code: 'a_b';\n  readonly x: string }"), ['a_b']);
  });
});
