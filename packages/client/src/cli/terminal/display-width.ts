/** How many columns of a terminal a text takes, and what of it may be shown there. */

const wide =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Yi}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}]/u;
/** Katakana and Hangul in the halves of their width. */
const halved = /[\uff61-\uffdc]/;
const empty = /\p{Mark}/u;

export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (wide.test(character) && !halved.test(character)) width += 2;
    else if (!empty.test(character)) width += 1;
  }
  return width;
}

export const padDisplay = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - displayWidth(text)));

/** Without control and invisible characters: what others wrote must not move the cursor or forge a line. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '?');
