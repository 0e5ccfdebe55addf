import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import test from 'node:test';
import { signatureChecker, signatureMaker } from './algorithms.ts';
import { rememberingChecker } from './remembered-signatures.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const make = signatureMaker('ES256', privateKey);

/** The real check, and how often it was asked. */
function counted() {
  const check = signatureChecker('ES256', privateKey);
  const asked: string[] = [];
  return {
    asked,
    check: (input: string, signature: string) => {
      asked.push(input);
      return check(input, signature);
    },
  };
}

test('a signature that held is not looked into again', () => {
  const { asked, check } = counted();
  const remembering = rememberingChecker(check, 10);
  const signature = make('a.b');
  assert.deepEqual([remembering('a.b', signature), remembering('a.b', signature)], [true, true]);
  assert.deepEqual(asked, ['a.b']);
});

test('one that does not hold is looked into each time', () => {
  const { asked, check } = counted();
  const remembering = rememberingChecker(check, 10);
  const signature = make('a.b');
  assert.deepEqual([remembering('a.c', signature), remembering('a.c', signature)], [false, false]);
  assert.equal(asked.length, 2);
});

test('what is remembered is the text and the signature, each as it was', () => {
  const remembering = rememberingChecker(counted().check, 10);
  const signature = make('a.b');
  assert.equal(remembering('a.b', signature), true);
  for (const [input, other] of [
    ['a.b', `${signature.slice(0, -4)}AAAA`],
    ['a.B', signature],
    ['a', `b.${signature}`],
    [`a.b.${signature}`, ''],
    [`a.b\n${signature}`, ''],
    ['a.b', make('x.y')],
  ] as const) {
    assert.equal(remembering(input, other), false, input);
  }
});

test('the oldest gives way when the memory is full, and not before', () => {
  const { asked, check } = counted();
  const remembering = rememberingChecker(check, 2);
  const signatures = new Map(['a.1', 'a.2', 'a.3'].map((input) => [input, make(input)]));
  const show = (input: string) => assert.equal(remembering(input, signatures.get(input) ?? ''), true);
  for (const input of ['a.1', 'a.2', 'a.1', 'a.2', 'a.3', 'a.2', 'a.3', 'a.1']) show(input);
  assert.deepEqual(asked, ['a.1', 'a.2', 'a.3', 'a.1']);
});

test('with room for none every one is looked into', () => {
  const { asked, check } = counted();
  const remembering = rememberingChecker(check, 0);
  const signature = make('a.b');
  assert.deepEqual([remembering('a.b', signature), remembering('a.b', signature)], [true, true]);
  assert.equal(asked.length, 2);
});
