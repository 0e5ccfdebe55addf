/** An authorization request that cannot be answered by a redirect, because where that would lead is in doubt. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { html, nothing } from './escape.ts';
import type { Language } from './language.ts';
import { page } from './layout.ts';
import { type ProblemKind, wordsIn } from './words.ts';

export interface ProblemModel {
  readonly language: Language;
  readonly problem: ProblemKind;
  /** Shown, so that a user can name the request to those who read the logs. */
  readonly requestId?: string;
  /** With `unavailable`: adds Retry-After. */
  readonly retryAfterSeconds?: number;
}

/** Answers 400, and 503 for `unavailable`. */
export function problemPage({ language, problem, requestId, retryAfterSeconds }: ProblemModel): WireAnswer {
  const words = wordsIn(language);
  const { title, text, advice } = words.problems[problem];
  return page({
    status: problem === 'unavailable' ? 503 : 400,
    language,
    title,
    retryAfterSeconds,
    main: html`<h1>${title}</h1>
<p>${text}</p>
<p>${advice}</p>
${requestId === undefined ? nothing : html`<p class="soft">${words.requestId} <code translate="no">${requestId}</code></p>`}`,
  });
}
