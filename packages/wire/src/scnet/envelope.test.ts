import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { accountData } from './account.ts';
import { centerData } from './center.ts';
import { isSuccess, readEnvelope, successBody, successCode, successMessage } from './envelope.ts';
import { type OperationName, operations } from './facts.ts';
import golden from './golden/answers.json' with { type: 'json' };
import errors from './golden/errors.json' with { type: 'json' };
import { loginData } from './regions.ts';

const isOperation = (name: string): name is OperationName => Object.hasOwn(operations, name);

suite('answers', () => {
  for (const { operation, body } of golden.documented) {
    test(`${operation}: read, and written again to the byte`, () => {
      const read = readEnvelope(body);
      assert.ok(read && isOperation(operation));
      assert.deepEqual(read, JSON.parse(body));
      assert.equal(successBody(operation, read.data), body);
      assert.ok(isSuccess(read));
    });
  }

  test('every operation has a documented one', () => {
    assert.deepEqual(golden.documented.map(({ operation }) => operation).sort(), Object.keys(operations).sort());
  });

  test('the words of success are those of the table, the code a text', () => {
    assert.deepEqual({ code: successCode, message: successMessage }, errors.success);
  });

  for (const { body, envelope, source } of golden.refused) {
    test(`a refusal is read, whatever its order: ${source}`, () => {
      assert.deepEqual(readEnvelope(body), envelope);
      assert.ok(!isSuccess(envelope));
    });
  }

  test('are read again, whatever they hold', () => {
    fc.assert(
      fc.property(fc.constantFrom('renew', 'state'), fc.string({ unit: 'binary' }), (operation, data) => {
        assert.deepEqual(readEnvelope(successBody(operation, data)), { code: '0', msg: 'success', data });
      }),
    );
  });

  test('may have a code that is a number, no message and no data', () => {
    assert.deepEqual(readEnvelope('{"code":0}'), { code: '0', msg: '', data: null });
    assert.deepEqual(readEnvelope('{"code":10008,"msg":null,"data":null}'), { code: '10008', msg: '', data: null });
  });

  test('that no service gave are none', () => {
    const { body } = golden.gateway;
    for (const none of [
      body,
      '',
      '{',
      'null',
      '1',
      '[]',
      '{}',
      '{"code":null}',
      '{"code":0.5}',
      '<html>',
      '{"msg":"success"}',
    ]) {
      assert.equal(readEnvelope(none), undefined, none);
    }
  });

  test('another code than 0 is no success, 00 and 200 among them', () => {
    for (const code of ['', '00', '0 ', '200', '10008']) assert.ok(!isSuccess({ code, msg: 'success', data: null }));
  });
});

suite('the order of members', () => {
  /** The same members in reverse, and one more. */
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([name, member]) => [name, shuffled(member)]);
    return Object.fromEntries([...entries.toReversed(), ['another', 1]]);
  };
  const documented = (operation: OperationName): string =>
    golden.documented.find((answer) => answer.operation === operation)?.body ?? '';
  const reordered = (operation: OperationName) =>
    JSON.parse(JSON.stringify(shuffled(JSON.parse(documented(operation)).data)));

  test('of region rows is that of the sample, however they are given', () => {
    const rows = loginData(reordered('accessKeyLogin'));
    assert.equal(successBody('accessKeyLogin', rows), documented('accessKeyLogin'));
  });

  test('of a center is that of the sample, however it is given', () => {
    const center = centerData(reordered('center'));
    assert.equal(successBody('center', center), documented('center'));
  });

  test('of a user is that of the sample, however it is given', () => {
    const account = accountData(reordered('user'));
    assert.equal(successBody('user', account), documented('user'));
  });
});
