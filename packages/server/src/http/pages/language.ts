/** Which language a page speaks: the best that the browser asks for and Hufu has. */

export type Language = 'en' | 'zh';

const defaultLanguage: Language = 'en';
const languages: readonly Language[] = [defaultLanguage, 'zh'];

/** BCP 47, for `lang` and Content-Language. The Chinese of these pages is written in simplified characters. */
export const languageTags: Readonly<Record<Language, string>> = { en: 'en', zh: 'zh-Hans' };

/** `tag;q=0.8`: RFC 9110, sections 12.4.2 and 12.5.4. At most three decimals. */
const wish = /^([a-z]{1,8}(?:-[a-z0-9]{1,8})*|\*)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/i;

/**
 * Every kind of a language stands for it: `zh-CN` and `zh-Hant-TW` for `zh`. The highest quality wins, then the first named.
 * `*` is any language that is not named, so that it asks for the default before another. What cannot be read is left out.
 *
 * @param acceptLanguage the header as it came.
 */
export function chooseLanguage(acceptLanguage: string | undefined): Language {
  const wished = new Map<string, number>();
  for (const part of (acceptLanguage ?? '').split(',')) {
    const [found, range = '', quality = '1'] = wish.exec(part.trim()) ?? [];
    if (found === undefined) continue;
    const language = range.toLowerCase().split('-', 1)[0] ?? '';
    wished.set(language, Math.max(Number(quality), wished.get(language) ?? 0));
  }
  const any = wished.get('*') ?? 0;
  let best: Language = defaultLanguage;
  let bestQuality = 0;
  for (const language of [...wished.keys(), ...languages].filter(isLanguage)) {
    const quality = wished.get(language) ?? any;
    if (quality > bestQuality) [best, bestQuality] = [language, quality];
  }
  return best;
}

const isLanguage = (name: string): name is Language => Object.hasOwn(languageTags, name);
