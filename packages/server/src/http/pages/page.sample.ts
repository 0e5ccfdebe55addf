/** Every page once, with names of the caller's choosing, and what tests read of an answer. */

import type { WireAnswer } from '../../dialects/dialect.ts';
import { accountPage } from './account.ts';
import { consentPage } from './consent.ts';
import type { Language } from './language.ts';
import { type LoginProblem, loginPage } from './login.ts';
import { problemPage } from './problem.ts';
import { signedOutPage } from './signed-out.ts';
import type { ProblemKind } from './words.ts';

export const loginProblems: readonly LoginProblem[] = ['wrong', 'slow_down', 'locked', 'form_expired'];

export const problemKinds: readonly ProblemKind[] = [
  'unknown_client',
  'redirect_uri_not_registered',
  'request_not_readable',
  'form_expired',
  'unavailable',
];

/** @param text stands wherever somebody outside can put one. */
export function everyPage(language: Language, text: string): ReadonlyMap<string, WireAnswer> {
  const form = { language, action: `/path?${text}`, hidden: { csrf: text, [text]: 'value' } };
  const names = { clientName: text, userName: text, redirectUri: text };
  return new Map([
    ['login', loginPage({ ...form, ...names })],
    ...loginProblems.map(
      (problem) => [`login ${problem}`, loginPage({ ...form, ...names, problem, retryAfterSeconds: 90 })] as const,
    ),
    ['consent', consentPage({ ...form, ...names, clientUri: text, scopes: [text, 'openid'], resource: text })],
    ['consent to nothing', consentPage({ ...form, ...names, scopes: [] })],
    ...problemKinds.map(
      (problem) => [`problem ${problem}`, problemPage({ language, problem, requestId: text })] as const,
    ),
    ['signed out', signedOutPage({ language, signInUrl: `/login?${text}` })],
    ['account', accountPage({ ...form, userName: text })],
  ]);
}

/** By name; the answer has them in turn. */
export function headersOf({ headers }: WireAnswer): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at] ?? '';
    if (name in found) throw new Error(`${name} is sent twice`);
    found[name] = headers[at + 1] ?? '';
  }
  return found;
}

/** The tags of a document, as they stand. */
export const tagsOf = (body: string): string[] => body.match(/<[^>]*>/g) ?? [];
