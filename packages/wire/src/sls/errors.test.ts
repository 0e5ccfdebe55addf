import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { type ErrorCode, errorBody, errorStatus } from './errors.ts';
import golden from './golden/errors.json' with { type: 'json' };

const documented = new Map(golden.documented.map(({ code, statuses }) => [code, statuses]));

/** Codes without a documented status: one real answer shows the first, the others are ours. */
const undocumented = ['InvalidMethod', 'NotFound', 'RequestHeaderTooLarge'];

suite('error codes', () => {
  for (const [code, status] of Object.entries(errorStatus)) {
    if (undocumented.includes(code)) continue;
    test(`${code} has a documented status`, () => assert.ok(documented.get(code)?.includes(status), `${status}`));
  }

  test('a code that the vendor does not document is on the list of those', () => {
    const rest = Object.keys(errorStatus).filter((code) => !documented.has(code));
    assert.deepEqual(rest.sort(), undocumented);
  });

  test('every status is one of a refusal', () => {
    for (const status of Object.values(errorStatus)) assert.ok(status >= 400 && status <= 599);
  });

  test('every code seen in a real answer is known', () => {
    for (const { code } of golden.observed) assert.ok(Object.hasOwn(errorStatus, code), code);
  });
});

suite('error bodies', () => {
  test('have the two members of the vendor, in its order, without blanks', () => {
    const expected = golden.bodyForm.replace('<code>', 'ServerBusy').replace('<text>', 'again');
    assert.equal(errorBody('ServerBusy', 'again'), expected);
  });

  test('of real answers are built again', () => {
    for (const { code, message } of golden.observed) {
      const known = Object.keys(errorStatus).find((name): name is ErrorCode => name === code);
      assert.ok(known);
      assert.equal(errorBody(known, message), JSON.stringify({ errorCode: code, errorMessage: message }));
    }
  });

  test('stay JSON whatever the message holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (message) => {
        assert.deepEqual(JSON.parse(errorBody('ParameterInvalid', message)), {
          errorCode: 'ParameterInvalid',
          errorMessage: message,
        });
      }),
    );
  });
});
