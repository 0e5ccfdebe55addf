import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { legible, shownName, shownPlace } from './shown-name.ts';

suite('names that others chose', () => {
  test('stand apart from the direction of what is around them, escaped', () => {
    assert.equal(shownName('<b>שלום</b>').toString(), '<bdi class="name" translate="no">&lt;b&gt;שלום&lt;/b&gt;</bdi>');
  });

  for (const [name, character] of [
    ['a right-to-left override', '\u202e'],
    ['an embedding', '\u202a'],
    ['an isolate', '\u2067'],
    ['the end of an isolate', '\u2069'],
    ['a line separator', '\u2028'],
    ['a line feed', '\n'],
    ['an escape', '\u001b'],
    ['a control of Latin 1', '\u0085'],
    ['NUL', '\0'],
  ] as const) {
    test(`show ${name} as what it is: something odd`, () => {
      assert.equal(legible(`app${character}gpj.exe`), 'app\ufffdgpj.exe');
    });
  }

  test('keep what scripts and pictures are joined with', () => {
    for (const name of ['می\u200cخواهم', '👩\u200d💻', '虎符', 'Ōkami', 'क्\u200dष']) assert.equal(legible(name), name);
  });
});

suite('where a URL leads', () => {
  for (const [url, place] of [
    ['https://prints.example/callback?x=1', 'prints.example'],
    ['https://user:secret@prints.example:8443/', 'prints.example:8443'],
    ['http://[::1]:3000', '[::1]:3000'],
    ['com.example.prints:/callback', 'com.example.prints:'],
    ['pdshz001://bank.example/', 'pdshz001:'],
    ['https://рrints.example/', 'xn--rints-uye.example'],
    ['no url', undefined],
  ] as const) {
    test(`${url}: ${place}`, () => assert.equal(shownPlace(url), place));
  }
});
