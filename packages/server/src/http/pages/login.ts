/** Asks for a user name and a password. It says the same for a password that is wrong and for a user who does not exist. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { spokenTime } from './duration.ts';
import { type Html, html, nothing, trusted } from './escape.ts';
import { type FormTarget, form } from './form.ts';
import type { Language } from './language.ts';
import { page } from './layout.ts';
import { shownName } from './shown-name.ts';
import { type Words, wordsIn } from './words.ts';

export type LoginProblem = 'wrong' | 'slow_down' | 'locked' | 'form_expired';

export interface LoginModel extends FormTarget {
  readonly language: Language;
  /** Left out where nobody sent the browser here. */
  readonly clientName?: string;
  /** Where the browser may be sent after signing in: the policy has to allow it. */
  readonly redirectUri?: string;
  /** What the field holds at first; '' for nothing. */
  readonly userName: string;
  readonly problem?: LoginProblem;
  /** With `slow_down` and `locked`, when another attempt is looked at again. */
  readonly retryAfterSeconds?: number;
}

/** The names of the two fields that the form posts beside `hidden`. */
export const loginFields = { userName: 'username', password: 'password' } as const;

/**
 * Answers 200; 403 for `wrong` and `locked`, 429 for `slow_down`, 400 for `form_expired`. A password manager asks to keep a
 * password only where the status says that it was right.
 */
export function loginPage(model: LoginModel): WireAnswer {
  const { language, clientName, userName, problem, redirectUri, retryAfterSeconds } = model;
  const words = wordsIn(language);
  const isWrong = problem === 'wrong' ? trusted(' aria-invalid="true"') : nothing;
  const described = problem === undefined ? nothing : trusted(' aria-describedby="problem"');
  const focus = trusted(' autofocus');
  const fields = html`<div>
<label for="username">${words.userName}</label>
<input id="username" name="${loginFields.userName}" type="text" value="${userName}" required dir="auto"
 autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false"${described}${isWrong}${userName === '' ? focus : nothing}>
</div>
<div>
<label for="password">${words.password}</label>
<input id="password" name="${loginFields.password}" type="password" required
 autocomplete="current-password"${described}${isWrong}${userName === '' ? nothing : focus}>
</div>
<button type="submit">${words.signIn}</button>`;
  return page({
    status: problem === undefined ? 200 : statuses[problem],
    language,
    title: problem === undefined ? words.signIn : `${words.notDone}: ${words.signIn}`,
    redirectUri,
    retryAfterSeconds: problem === 'slow_down' || problem === 'locked' ? retryAfterSeconds : undefined,
    main: html`<h1>${words.signIn}</h1>
${clientName === undefined ? nothing : html`<p class="lead soft">${words.signInTo(shownName(clientName))}</p>`}
${problem === undefined ? nothing : alarm(words, model, problem)}
${form(model, fields)}`,
  });
}

/** RFC 9110, section 15.5.4: credentials were given and do not suffice. */
const statuses: Readonly<Record<LoginProblem, number>> = { wrong: 403, slow_down: 429, locked: 403, form_expired: 400 };

function alarm(words: Words, model: LoginModel, problem: LoginProblem): Html {
  return html`<p class="alarm" id="problem" role="alert">${alarmText(words, model, problem)}</p>`;
}

function alarmText(words: Words, { language, retryAfterSeconds }: LoginModel, problem: LoginProblem): string {
  const wait = retryAfterSeconds === undefined ? undefined : spokenTime(language, retryAfterSeconds);
  switch (problem) {
    case 'wrong':
      return words.wrong;
    case 'slow_down':
      return words.slowDown(wait);
    case 'locked':
      return words.locked(wait);
    case 'form_expired':
      return words.formExpired;
  }
}
