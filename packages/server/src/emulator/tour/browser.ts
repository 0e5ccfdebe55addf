/**
 * What a browser brings along from one answer to the next: the cookies that it was given, and what a page's form carries.
 * It reads Hufu's own pages, whose attributes stand in double quotes.
 */

import type { TourAnswer } from './step.ts';

export interface PageForm {
  readonly action: string;
  readonly controls: readonly Control[];
}

export interface Control {
  readonly name: string;
  readonly value: string;
  /** By which a password manager finds the fields, in whatever language the page is. */
  readonly autocomplete: string;
}

/** The first form of a page; `undefined` where it has none. */
export function formOf({ body }: Pick<TourAnswer, 'body'>): PageForm | undefined {
  const [, opening, inside] = /<form\b([^>]*)>(.*?)<\/form>/s.exec(body) ?? [];
  if (opening === undefined || inside === undefined) return undefined;
  const controls = [...inside.matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) => ({
    name: attribute(attributes, 'name'),
    value: attribute(attributes, 'value'),
    autocomplete: attribute(attributes, 'autocomplete'),
  }));
  return { action: attribute(opening, 'action'), controls };
}

/** The form's body, with what the user types by what the fields are for; the rest goes as the page has it. */
export const filledIn = ({ controls }: PageForm, typed: Readonly<Record<string, string>>): string =>
  new URLSearchParams(
    controls.map(({ name, value, autocomplete }) => [name, typed[autocomplete] ?? value] as [string, string]),
  ).toString();

/** @param before the `Cookie` header so far; '' for a new browser. */
export function withCookies(before: string, { headers }: Pick<TourAnswer, 'headers'>): string {
  const kept = new Map(before.split('; ').filter(Boolean).map(nameAndValue));
  for (const [header, line] of headers) {
    if (header !== 'set-cookie') continue;
    const [name, value] = nameAndValue(line.split(';', 1)[0] ?? '');
    if (/;\s*max-age=0\b/i.test(line)) kept.delete(name);
    else kept.set(name, value);
  }
  return [...kept].map(([name, value]) => `${name}=${value}`).join('; ');
}

function nameAndValue(pair: string): [name: string, value: string] {
  const at = pair.indexOf('=');
  return at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
}

const attribute = (attributes: string, name: string): string =>
  unescapeHtml(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(attributes)?.[1] ?? '');

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#13;': '\r',
};

const unescapeHtml = (text: string): string =>
  text.replace(/&(?:amp|lt|gt|quot|#39|#13);/g, (found) => characters[found] ?? found);
