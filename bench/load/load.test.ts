import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstOf, type HttpRequest, type Queue, templateOf } from './load.ts';

const requestOf = (text: string): HttpRequest => ({ method: 'POST', path: '/', headers: [], body: `a=${text}&b=1` });
const queue = (...texts: string[]): Queue => ({ kind: 'queue', texts, requestOf, successor: undefined });

test('a generator gets the request of a queue with the place of the text', () => {
  const { before, after, request } = templateOf(queue('first', 'other'));
  assert.deepEqual([before, after], ['a=', '&b=1']);
  assert.deepEqual(request, requestOf('first'));
});

test('the texts of a queue have one length, since a request states its own', () => {
  assert.throws(() => templateOf(queue('first', 'longer')), /length/);
});

test('a text stands in the body once', () => {
  const twice = (text: string): HttpRequest => ({ ...requestOf(text), body: `${text}${text}` });
  const never = (text: string): HttpRequest => ({ ...requestOf(text), path: `/${text}`, body: '' });
  assert.throws(() => templateOf({ ...queue('first'), requestOf: twice }), /once/);
  assert.throws(() => templateOf({ ...queue('first'), requestOf: never }), /once/);
});

test('traffic has a first request', () => {
  assert.deepEqual(firstOf(queue('first')), requestOf('first'));
  assert.deepEqual(firstOf({ kind: 'rotation', requests: [requestOf('x')] }), requestOf('x'));
  assert.throws(() => templateOf(queue()), /without a text/);
  assert.throws(() => firstOf(queue()), /without a request/);
  assert.throws(() => firstOf({ kind: 'rotation', requests: [] }), /without a request/);
});
