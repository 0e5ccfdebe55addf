/** What a request of a browser brings along, beside what it asks. */

import type { FastifyRequest } from 'fastify';
import type { WireAnswer, WireRequest } from '../../dialects/dialect.ts';
import { type BrowserSession, findBrowserSession } from '../../service/browser-session.ts';
import type { RequestContext } from '../../service/context.ts';
import { chooseLanguage, type Language } from '../pages/language.ts';
import { wireRequest } from '../wire-request.ts';
import { type CookieNames, cookieNames, cookieOf, setCookie } from './cookies.ts';
import { type FormPurpose, formToken, isFormCookie, isOwnForm, newFormCookie } from './forgery.ts';
import type { LoginParts } from './parts.ts';

export interface Visit {
  readonly request: WireRequest;
  readonly context: RequestContext;
  readonly language: Language;
  readonly cookies: CookieNames;
  readonly session: BrowserSession | undefined;
  /** The browser's own, or a new one that `withFormCookie` gives it. */
  readonly formCookie: string;
  /** Whether a form was sent from a page of ours that this browser was shown. */
  readonly isOwnForm: (purpose: FormPurpose, about: string, token: string) => boolean;
  /** The token for a form that is shown now. */
  readonly formToken: (purpose: FormPurpose, about: string) => string;
}

export async function visitOf(parts: LoginParts, fastify: FastifyRequest, context: RequestContext): Promise<Visit> {
  const request = wireRequest(fastify.raw, fastify.body);
  const { headers } = request;
  const { sealing, options, formCheck, logIn } = parts;
  const cookies = cookieNames(options.isSecure);
  const session = await findBrowserSession(logIn, cookieOf(headers.cookie, cookies.session), context.nowMs);
  const sent = cookieOf(headers.cookie, cookies.form);
  const formCookie = isFormCookie(sent) ? sent : newFormCookie(logIn.random);
  return {
    request,
    context,
    language: chooseLanguage(headers['accept-language']),
    cookies,
    session,
    formCookie,
    isOwnForm: (purpose, about, token) => isOwnForm(formCheck, headers, sent, purpose, about, token),
    formToken: (purpose, about) => formToken(sealing, formCookie, purpose, about),
  };
}

/** For an answer whose form holds a token. */
export const withFormCookie = (parts: LoginParts, { cookies, formCookie }: Visit, answer: WireAnswer): WireAnswer =>
  withHeaders(answer, 'set-cookie', setCookie(cookies.form, formCookie, parts.options.isSecure));

export const withHeaders = (answer: WireAnswer, ...headers: readonly string[]): WireAnswer => ({
  ...answer,
  headers: [...answer.headers, ...headers],
});

/**
 * Sends the browser on with GET, whatever it came with (RFC 9700, section 4.12). Where from is nobody's business: the URL
 * may hold a handle or a client's state.
 */
export const redirect = (location: string): WireAnswer => ({
  status: 303,
  headers: ['location', location, 'cache-control', 'no-store', 'referrer-policy', 'no-referrer'],
  body: '',
});
