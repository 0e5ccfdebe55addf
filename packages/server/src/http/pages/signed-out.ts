/** After signing out. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { html, nothing } from './escape.ts';
import type { Language } from './language.ts';
import { page } from './layout.ts';
import { wordsIn } from './words.ts';

export interface SignedOutModel {
  readonly language: Language;
  /** A path or URL of this server; left out where there is nowhere to sign in to. */
  readonly signInUrl?: string;
}

export function signedOutPage({ language, signInUrl }: SignedOutModel): WireAnswer {
  const words = wordsIn(language);
  const again =
    signInUrl === undefined
      ? nothing
      : html`<p class="onward"><a class="button quiet" href="${signInUrl}">${words.signInAgain}</a></p>`;
  return page({
    status: 200,
    language,
    title: words.signedOut,
    main: html`<h1>${words.signedOut}</h1>
<p>${words.signedOutText}</p>
${again}`,
  });
}
