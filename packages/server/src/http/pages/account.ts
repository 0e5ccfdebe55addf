/** Who is signed in in this browser, and the way out. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { html } from './escape.ts';
import { type FormTarget, form } from './form.ts';
import type { Language } from './language.ts';
import { page } from './layout.ts';
import { shownName } from './shown-name.ts';
import { wordsIn } from './words.ts';

export interface AccountModel extends FormTarget {
  readonly language: Language;
  readonly userName: string;
}

export function accountPage(model: AccountModel): WireAnswer {
  const { language, userName } = model;
  const words = wordsIn(language);
  return page({
    status: 200,
    language,
    title: words.account,
    main: html`<h1>${words.account}</h1>
<p class="lead soft">${words.signedInAs(shownName(userName))}</p>
<p>${words.signOutText}</p>
${form(model, html`<button type="submit">${words.signOut}</button>`)}`,
  });
}
