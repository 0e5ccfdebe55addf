/** Asks whether an application that somebody else runs may act for the user. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { spokenTime } from './duration.ts';
import { type Html, html, nothing } from './escape.ts';
import { type FormTarget, form } from './form.ts';
import type { Language } from './language.ts';
import { page } from './layout.ts';
import { legible, shownName, shownPlace } from './shown-name.ts';
import { type KnownScope, type Words, wordsIn } from './words.ts';

export interface ConsentModel extends FormTarget {
  readonly language: Language;
  readonly clientName: string;
  /** The application's own site; its host is shown. */
  readonly clientUri?: string;
  /** Where the browser is sent after either answer: shown, and allowed by the policy. */
  readonly redirectUri?: string;
  readonly userName: string;
  readonly scopes: readonly string[];
  /** Where the scopes hold (RFC 8707). */
  readonly resource?: string;
  /** How long the application keeps what is allowed, at most. */
  readonly lifetimeSeconds?: number;
}

/** The field that the form posts beside `hidden`, and its two values. */
export const consentField = { name: 'decision', allow: 'allow', deny: 'deny' } as const;

export function consentPage(model: ConsentModel): WireAnswer {
  const { language, clientName, clientUri, redirectUri, userName, lifetimeSeconds } = model;
  const words = wordsIn(language);
  const site = clientUri === undefined ? undefined : shownPlace(clientUri);
  const back = redirectUri === undefined ? undefined : shownPlace(redirectUri);
  const { name, allow, deny } = consentField;
  const choices = html`<div class="choices">
<button type="submit" class="quiet" name="${name}" value="${deny}">${words.deny}</button>
<button type="submit" name="${name}" value="${allow}">${words.allow}</button>
</div>`;
  return page({
    status: 200,
    language,
    title: words.consent,
    redirectUri,
    main: html`<h1>${words.consentAsked(shownName(clientName))}</h1>
${site === undefined ? nothing : html`<p class="lead soft">${site}</p>`}
<p class="lead soft">${words.signedInAs(shownName(userName))}</p>
<div class="asked">
${asked(words, model)}
</div>
${lifetimeSeconds === undefined ? nothing : html`<p class="soft">${words.lastsFor(spokenTime(language, lifetimeSeconds))}</p>`}
<p class="soft">${words.onlyIfTrusted}</p>
${back === undefined ? nothing : html`<p class="soft">${words.returnsTo(shownName(back))}</p>`}
${form(model, choices)}`,
  });
}

function asked(words: Words, { scopes, resource }: ConsentModel): Html {
  const place = resource === undefined ? nothing : html`<p class="soft">${words.atResource(shownName(resource))}</p>`;
  if (scopes.length === 0) return html`<p>${words.willKnowYou}</p>${place}`;
  const items = scopes.map((scope) => html`<li>${shownScope(words, scope)}</li>`);
  return html`<p id="asked">${words.willBeAble}</p>
<ul role="list" aria-labelledby="asked">${items}</ul>
${place}`;
}

const isKnown = (words: Words, scope: string): scope is KnownScope => Object.hasOwn(words.scopes, scope);

const shownScope = (words: Words, scope: string): Html =>
  isKnown(words, scope) ? html`${words.scopes[scope]}` : html`<code translate="no">${legible(scope)}</code>`;
