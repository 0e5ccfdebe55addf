import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formMediaType, paths } from '@hufu/wire/oauth';
import type { Decision } from '../../core/reasons.ts';
import { readForm, readIdempotencyKey } from './form.ts';
import { samplePost } from './request.sample.ts';

const problemOf = (decision: Decision<unknown>): string => {
  if (decision.ok) return 'ok';
  return decision.reason.code === 'request_malformed' ? decision.reason.problem : decision.reason.code;
};
const form = (text: string, headers = {}) => readForm(samplePost(paths.token, text, headers));

describe('a form', () => {
  it('has the media type of RFC 6749, with UTF-8 or no charset', () => {
    for (const type of [
      formMediaType,
      `${formMediaType};charset=UTF-8`,
      `${formMediaType}; charset="utf-8"`,
      'Application/X-WWW-Form-UrlEncoded ; Charset=utf-8',
      `${formMediaType};`,
    ]) {
      assert.equal(problemOf(form('a=1', { 'content-type': type })), 'ok', type);
    }
    for (const type of [
      undefined,
      '',
      'application/json',
      'text/plain',
      `${formMediaType}x`,
      `x${formMediaType}`,
      `${formMediaType}; charset=iso-8859-1`,
      `multipart/form-data; x=${formMediaType}`,
    ]) {
      assert.equal(problemOf(form('a=1', { 'content-type': type })), 'invalid_request', type);
    }
  });

  it('has no parameter twice, known or not', () => {
    for (const text of ['scope=a&scope=b', 'foo=1&foo=1', 'client_id=a&client_id=', 'a=1&%61=1']) {
      assert.equal(problemOf(form(text)), 'invalid_request', text);
    }
  });

  it('may name several resources by RFC 8707; here it is one at a time', () => {
    assert.equal(problemOf(form('resource=https://a&resource=https://b')), 'invalid_target');
    assert.equal(problemOf(form('resource=https://a&resource=https://b&scope=a&scope=b')), 'invalid_request');
  });

  it('is refused under a header that came twice', () => {
    const request = { ...samplePost(paths.token, 'a=1'), duplicateHeader: 'authorization' };
    assert.equal(problemOf(readForm(request)), 'invalid_request');
  });

  it('is UTF-8 to the last byte', () => {
    const request = samplePost(paths.token, '');
    assert.equal(problemOf(readForm({ ...request, body: Uint8Array.of(0x61, 0x3d, 0xff) })), 'invalid_request');
    assert.equal(problemOf(form('a=虎')), 'ok');
  });
});

describe('an idempotency key', () => {
  it('has 1 to 255 printable ASCII characters, or is not there', () => {
    const read = (key: string | undefined) => problemOf(readIdempotencyKey({ 'idempotency-key': key }));
    assert.deepEqual(readIdempotencyKey({}), { ok: true, value: undefined });
    for (const key of ['k', 'k'.repeat(255), '"8e03978e-40d5-43dd-bc93-6894a57f9324"']) assert.equal(read(key), 'ok');
    for (const key of ['', 'k'.repeat(256), 'k\t', '虎', 'k\u007f']) assert.equal(read(key), 'invalid_request', key);
  });
});
