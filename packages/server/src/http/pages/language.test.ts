import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { chooseLanguage, type Language } from './language.ts';

const cases: ReadonlyArray<readonly [header: string | undefined, language: Language, rule: string]> = [
  [undefined, 'en', 'no header: the default'],
  ['', 'en', 'an empty header: the default'],
  ['zh', 'zh', 'the language itself'],
  ['zh-CN', 'zh', 'a region of it'],
  ['zh-Hant-TW', 'zh', 'a script and a region of it'],
  ['ZH-cn', 'zh', 'in any case'],
  ['en-GB,en;q=0.9,zh;q=0.8', 'en', 'the higher quality'],
  ['en;q=0.8,zh-CN;q=0.9', 'zh', 'the higher quality, not the first'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh', 'what a Chinese browser sends'],
  ['fr-FR,fr;q=0.9,zh;q=0.2', 'zh', 'the only one that there is'],
  ['fr,de;q=0.5', 'en', 'none that there is: the default'],
  ['zh,en', 'zh', 'the first of equals'],
  ['en,zh', 'en', 'the first of equals, the other way around'],
  ['zh;q=0', 'en', 'quality 0 is not wanted'],
  ['zh;q=0.000,en;q=0.001', 'en', 'quality 0 in three decimals'],
  ['zh;q=0.001,en;q=0', 'zh', 'the lowest quality that is wanted'],
  ['zh;q=0,zh-CN', 'zh', 'the best of several of its kinds'],
  ['*', 'en', 'any: the default'],
  ['*;q=0.1,zh;q=0.2', 'zh', 'named above any'],
  ['*,zh;q=0.5', 'en', 'any above named'],
  ['en;q=0,*', 'zh', 'any but the default'],
  ['zh ; q=0.9 , en ; q=0.8', 'zh', 'with spaces'],
  ['zh;Q=1.000', 'zh', 'Q in a capital, three decimals'],
  ['zh;q=1.001,en;q=0.1', 'en', 'a quality above 1 cannot be read'],
  ['zh;q=0.0001,en;q=0', 'en', 'four decimals cannot be read'],
  [',,zh,,', 'zh', 'empty elements'],
  ['<script>,zh', 'zh', 'what cannot be read is left out'],
  ['zhx,xzh', 'en', 'a tag that only begins or ends like it'],
  ['__proto__,constructor,toString', 'en', 'names that every object has'],
];

suite('the language of a page', () => {
  for (const [header, language, rule] of cases) {
    test(`${rule}: ${header ?? 'no header'} is ${language}`, () => assert.equal(chooseLanguage(header), language));
  }
});
