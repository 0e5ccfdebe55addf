/** How an answer is held to a promise. */

import { shortenBody, shortenHeader } from '../shorten.ts';
import type { Check, TourAnswer } from './step.ts';

const check = (promise: string, ok: boolean, found: string): Check => ({ promise, ok, found: ok ? undefined : found });

export const headerOf = (answer: TourAnswer, name: string): string | undefined =>
  answer.headers.find((header) => header[0] === name)?.[1];

export const status = (answer: TourAnswer, expected: number): Check =>
  check(`status ${expected}`, answer.status === expected, `status ${answer.status}`);

/** Exactly these headers, in whatever order. */
export function headerNames(answer: TourAnswer, expected: readonly string[]): Check {
  const found = answer.headers.map(([name]) => name);
  const ok = found.toSorted().join() === expected.toSorted().join();
  return check(`exactly the headers ${expected.join(', ')}`, ok, found.join(', '));
}

export function header(answer: TourAnswer, name: string, expected: string | RegExp): Check {
  const value = headerOf(answer, name);
  const ok = typeof expected === 'string' ? value === expected : value !== undefined && expected.test(value);
  const promise = typeof expected === 'string' ? expected : `like ${expected.source}`;
  return check(`${name}: ${promise}`, ok, value === undefined ? 'no such header' : shortenHeader(name, value));
}

export function bodyBytes(answer: TourAnswer, expected: number): Check {
  const bytes = Buffer.byteLength(answer.body);
  return check(`a body of ${expected} bytes`, bytes === expected, `${bytes} bytes`);
}

/** Exactly this member, a text. */
export function onlyMember(answer: TourAnswer, name: string): Check {
  const members = Object.keys(jsonOf(answer));
  const ok = members.join() === name && textMember(answer, name) !== '';
  return check(`a body of one member, ${name}`, ok, members.join(', ') || 'no JSON object');
}

export function jsonMember(answer: TourAnswer, name: string, expected: string | number | boolean | RegExp): Check {
  const value = jsonOf(answer)[name];
  const ok = expected instanceof RegExp ? typeof value === 'string' && expected.test(value) : value === expected;
  const promise = expected instanceof RegExp ? `like ${expected.source}` : JSON.stringify(expected);
  return check(`${name} ${promise}`, ok, shortenBody('application/json', JSON.stringify({ [name]: value })));
}

export const emptyBody = (answer: TourAnswer): Check =>
  check('no body', answer.body === '', `${Buffer.byteLength(answer.body)} bytes`);

export function jsonOf(answer: TourAnswer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer.body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {};
  }
}

export function textMember(answer: TourAnswer, name: string): string {
  const value = jsonOf(answer)[name];
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
export function claims(token: string, expected: Readonly<Record<string, string | number | RegExp>>): Check[] {
  const { payload } = jwtTexts(token);
  const found = jsonOf({ status: 0, headers: [], body: payload });
  const names = Object.keys(expected);
  return [
    check(`claims ${names.join(', ')}, in this order`, Object.keys(found).join() === names.join(), payload),
    ...names.map((name) => {
      const wanted = expected[name];
      const value = found[name];
      const ok = wanted instanceof RegExp ? typeof value === 'string' && wanted.test(value) : value === wanted;
      const promise = wanted instanceof RegExp ? `like ${wanted.source}` : JSON.stringify(wanted);
      return check(`claim ${name} ${promise}`, ok, JSON.stringify(value) ?? 'none');
    }),
  ];
}
