import assert from 'node:assert/strict';
import test from 'node:test';
import { readFields, readPairs } from './form-fields.ts';

const type = 'application/x-www-form-urlencoded';
const read = (body: string | Uint8Array, contentType: string | undefined = type, duplicateHeader?: string) =>
  readFields({ headers: { 'content-type': contentType }, duplicateHeader, body: Buffer.from(body) }, ['name', 'token']);

test('a form gives its fields, decoded as browsers encode them', () => {
  assert.deepEqual(read('name=a+b%2Bc%26%E8%99%8E&token='), { name: 'a b+c&虎', token: '' });
  assert.deepEqual(read('token=x&name=%00%0D%0A'), { name: '\0\r\n', token: 'x' });
});

test('a field that is missing, unknown or given twice makes the form unreadable', () => {
  for (const body of [
    '',
    'name=a',
    'name=a&token=b&more=c',
    'name=a&token=b&name=c',
    'name=a&nam%65=b',
    'name=a&other=b',
  ]) {
    assert.equal(read(body), undefined, body);
  }
});

test('a form that no browser would write is unreadable', () => {
  for (const body of [
    'name=a&token',
    'name=a&=b&token=c',
    'name=a&&token=b',
    'name=%zz&token=b',
    'name=%c3&token=b',
    '&name=a&token=b',
  ]) {
    assert.equal(read(body), undefined, body);
  }
  assert.equal(read(Buffer.from([...Buffer.from('name=a&token='), 0xff])), undefined);
});

test('only forms are read, and no request that gives a header twice', () => {
  for (const contentType of [
    undefined,
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/json',
    `${type}x`,
  ]) {
    assert.equal(
      readFields({ headers: { 'content-type': contentType }, duplicateHeader: undefined, body: Buffer.from('a=1') }, [
        'a',
      ]),
      undefined,
    );
  }
  assert.deepEqual(read('name=a&token=b', `${type}; charset=UTF-8`), { name: 'a', token: 'b' });
  assert.equal(read('name=a&token=b', type, 'origin'), undefined);
});

test('names of JavaScript’s own are fields like others', () => {
  assert.deepEqual(
    [...(readPairs('__proto__=1&constructor=2') ?? [])],
    [
      ['__proto__', '1'],
      ['constructor', '2'],
    ],
  );
  assert.equal(read('name=a&__proto__=b'), undefined);
});
