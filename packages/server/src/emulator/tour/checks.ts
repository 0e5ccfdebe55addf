/** How an answer is held to a promise. */

import { shortenBody, shortenHeader } from '../shorten.ts';
import type { Check, TourAnswer } from './step.ts';

export const check = (promise: string, ok: boolean, found: string): Check => ({
  promise,
  ok,
  found: ok ? undefined : found,
});

export const headerOf = (answer: TourAnswer, name: string): string | undefined =>
  answer.headers.find((header) => header[0] === name)?.[1];

export const status = (answer: TourAnswer, expected: number): Check =>
  check(`status ${expected}`, answer.status === expected, `status ${answer.status}`);

/** A form that a text has, and how to say it. */
export interface Form {
  readonly says: string;
  readonly form: RegExp;
}

type Wanted = string | number | boolean | Form;

const isMet = (wanted: Wanted, found: unknown): boolean =>
  typeof wanted === 'object' ? typeof found === 'string' && wanted.form.test(found) : found === wanted;

const said = (wanted: Wanted): string => (typeof wanted === 'object' ? wanted.says : JSON.stringify(wanted));

/** Exactly these headers, in whatever order. */
export function headerNames(answer: TourAnswer, expected: readonly string[]): Check {
  const found = answer.headers.map(([name]) => name);
  const ok = found.toSorted().join() === expected.toSorted().join();
  return check(`exactly the ${expected.length} headers of the sample`, ok, found.join(', '));
}

export function header(answer: TourAnswer, name: string, expected: string | Form): Check {
  const value = headerOf(answer, name);
  const promise = typeof expected === 'string' ? expected : expected.says;
  const found = value === undefined ? 'no such header' : shortenHeader(name, value);
  return check(`${name}: ${promise}`, isMet(expected, value), found);
}

export function bodyBytes(answer: TourAnswer, expected: number): Check {
  const bytes = Buffer.byteLength(answer.body);
  return check(`a body of ${expected} bytes`, bytes === expected, `${bytes} bytes`);
}

/** Exactly this member, a text. */
export function onlyMember(answer: TourAnswer, name: string): Check {
  const members = Object.keys(jsonOf(answer.body));
  const ok = members.join() === name && textMember(answer, name) !== '';
  return check(`a body of one member, ${name}`, ok, members.join(', ') || 'no JSON object');
}

export function jsonMember(answer: TourAnswer, name: string, expected: Wanted): Check {
  const value = jsonOf(answer.body)[name];
  // Shortened among its neighbours: they tell whether a code is that of an error.
  const found = JSON.stringify({ [name]: jsonOf(shortenBody('application/json', answer.body))[name] });
  return check(`${name} ${said(expected)}`, isMet(expected, value), found);
}

/** A text, and not the one that was there before. */
export function another(answer: TourAnswer, name: string, before: string): Check {
  const found = textMember(answer, name);
  return check(`another ${name} than before`, found !== '' && found !== before, found === '' ? 'none' : 'the same');
}

export function theSame(answer: TourAnswer, name: string, before: string): Check {
  const found = textMember(answer, name);
  return check(`the same ${name} again`, found !== '' && found === before, found === '' ? 'none' : 'another');
}

export const emptyBody = (answer: TourAnswer): Check =>
  check('no body', answer.body === '', `${Buffer.byteLength(answer.body)} bytes`);

/** The members of a JSON object; none where the text is something else. */
export function jsonOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export function textMember(answer: TourAnswer, name: string): string {
  const value = jsonOf(answer.body)[name];
  return typeof value === 'string' ? value : '';
}

/** The three parts of a JWT in JSON form, undecoded where they are none: a tour shows, it does not verify. */
export function jwtTexts(token: string): { readonly header: string; readonly payload: string } {
  const [header = '', payload = ''] = token.split('.').map((part) => Buffer.from(part, 'base64url').toString('utf8'));
  return { header, payload };
}

/** The JWT's exact header text. */
export function jwtHeaderText(token: string, expected: string): Check {
  const { header: found } = jwtTexts(token);
  return check(`a JWT with the header ${expected}`, found === expected, found);
}

/** Exactly these claims, in this order. */
export function claims(token: string, expected: Readonly<Record<string, string | number | Form>>): Check[] {
  const { payload } = jwtTexts(token);
  const found = jsonOf(payload);
  const names = Object.keys(expected).join(', ');
  return [
    check(`claims ${names}, in this order`, Object.keys(found).join(', ') === names, payload),
    ...Object.entries(expected).map(([name, wanted]) =>
      check(`claim ${name} ${said(wanted)}`, isMet(wanted, found[name]), JSON.stringify(found[name]) ?? 'none'),
    ),
  ];
}
