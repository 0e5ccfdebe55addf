import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { readEnvelope } from './envelope.ts';
import {
  acMessages,
  apiMessages,
  apiMessageWords,
  asksForNewToken,
  type ErrorCode,
  errorBody,
  errorCodes,
  errorStatus,
  gatewayErrorBody,
  gatewayReasons,
} from './errors.ts';
import { tokenIsInvalid } from './facts.ts';
import answers from './golden/answers.json' with { type: 'json' };
import golden from './golden/errors.json' with { type: 'json' };

const codes: readonly ErrorCode[] = Object.values(errorCodes);

suite('codes', () => {
  test('are those of the tables, and no others', () => {
    const documented = golden.tables.flatMap((table) => Object.keys(table.codes));
    assert.deepEqual([...codes].sort(), [...new Set(documented)].sort());
    for (const code of [...golden.notInAnyTable, ...golden.ofOtherServices]) {
      assert.ok(!codes.some((known) => known === code), code);
    }
  });

  test('come with the status of success, each of them', () => {
    assert.deepEqual(Object.keys(errorStatus).sort(), [...codes].sort());
    assert.deepEqual([...new Set(Object.values(errorStatus))], [200]);
  });

  test('the names tell what the tables do', () => {
    const [renewal, login] = golden.tables;
    assert.equal(renewal?.codes[errorCodes.internal], '内部错误');
    assert.equal(renewal?.codes[errorCodes.incomplete], '参数不全');
    assert.equal(renewal?.codes[errorCodes.invalid], '参数无效');
    assert.equal(renewal?.codes[errorCodes.unauthorized], '权限不足');
    assert.equal(renewal?.codes[errorCodes.denied], '没有权限访问接口');
    assert.equal(login?.codes[errorCodes.denied], '校验失败');
  });

  test('only 10008 asks for a new token', () => {
    assert.deepEqual(
      codes.filter((code) => asksForNewToken({ code })),
      ['10008'],
    );
    for (const { envelope, asksForNewToken: asks } of answers.refused) assert.equal(asksForNewToken(envelope), asks);
  });
});

suite('words', () => {
  test('of the AC service are the observed ones', () => {
    const words = new Map<string, string>([
      [errorCodes.internal, acMessages.internal],
      [errorCodes.incomplete, acMessages.incomplete],
      [errorCodes.invalid, acMessages.invalid],
      [errorCodes.unauthorized, acMessages.unauthorized],
    ]);
    assert.equal(golden.observedAc.length, words.size);
    for (const { code, message } of golden.observedAc) assert.equal(words.get(code), message);
  });

  test('of the user service are the observed ones, and those of the table', () => {
    assert.deepEqual(
      golden.observedApi.map(({ message }) => message),
      [apiMessages.userUnknown, apiMessages.signatureMismatch],
    );
    const { codes: table } = golden.tables[1] ?? {};
    assert.equal(table?.['10001'], apiMessages.internal);
    assert.equal(table?.['10003'], apiMessages.incomplete);
    assert.equal(table?.['10004'], apiMessages.invalid);
  });

  test('of ours on access keys have the parts that clients look for, and the others have not', () => {
    assert.deepEqual(apiMessageWords, { unknown: golden.messageWords.unknown, foreign: golden.messageWords.foreign });
    const having = (part: string) => Object.values(apiMessages).filter((message) => message.includes(part));
    assert.deepEqual(having(apiMessageWords.unknown), [apiMessages.userUnknown, apiMessages.accessKeyUnknown]);
    assert.deepEqual(having(apiMessageWords.foreign), [apiMessages.accessKeyForeign]);
  });

  test('differ from each other', () => {
    assert.equal(new Set(Object.values(acMessages)).size, Object.keys(acMessages).length);
    assert.equal(new Set(Object.values(apiMessages)).size, Object.keys(apiMessages).length);
  });
});

suite('bodies of refusals', () => {
  test('the observed one on a bad token is written to the byte', () => {
    assert.equal(errorBody(errorCodes.unauthorized, acMessages.unauthorized, tokenIsInvalid), answers.refused[0]?.body);
  });

  test('are envelopes, with data of null where nothing is told', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.constantFrom(...codes), text, fc.option(text), (code, msg, data) => {
        assert.deepEqual(readEnvelope(errorBody(code, msg, data)), { code, msg, data });
        assert.deepEqual(readEnvelope(errorBody(code, msg)), { code, msg, data: null });
      }),
    );
  });

  test('of the gateway are no envelopes: the observed one is written to the byte', () => {
    const { status, path, instant, body } = answers.gateway;
    assert.equal(status, 400);
    assert.equal(gatewayErrorBody(400, path, Date.parse(instant)), body);
    assert.equal(readEnvelope(body), undefined);
  });

  test('of the gateway have a path without its prefix, where it has one', () => {
    const pathOf = (path: string) => JSON.parse(gatewayErrorBody(404, path, 0)).path;
    assert.equal(pathOf('/ac/openapi/v2/tokens'), '/v2/tokens');
    for (const path of ['/api/user/v3/tokens', '/ac/openapi', '/ac/openapis/v2', '/']) assert.equal(pathOf(path), path);
  });

  test('of the gateway have the reason of their status', () => {
    const statuses = [400, 404, 405, 408, 413, 415, 429, 431, 500, 503, 504] as const;
    assert.deepEqual(statuses.map(String), Object.keys(gatewayReasons));
    for (const status of statuses) {
      const { error, ...rest } = JSON.parse(gatewayErrorBody(status, '/', 0));
      assert.equal(error, gatewayReasons[status]);
      assert.deepEqual(rest, { timestamp: '1970-01-01T00:00:00.000+0000', status, path: '/' });
    }
  });
});
