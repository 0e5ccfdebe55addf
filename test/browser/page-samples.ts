/** Every page in every state that looks different, for tests and for eyes. */

import type { WireAnswer } from '../../packages/server/src/dialects/dialect.ts';
import { accountPage } from '../../packages/server/src/http/pages/account.ts';
import { type ConsentModel, consentPage } from '../../packages/server/src/http/pages/consent.ts';
import type { Language } from '../../packages/server/src/http/pages/language.ts';
import { type LoginModel, loginPage } from '../../packages/server/src/http/pages/login.ts';
import { problemPage } from '../../packages/server/src/http/pages/problem.ts';
import { signedOutPage } from '../../packages/server/src/http/pages/signed-out.ts';

export type Sample = (language: Language) => WireAnswer;

export const hidden = { csrf: 'c5rf"&<token>', request: 'req_01J8' };

export const login = (language: Language, more: Partial<LoginModel> = {}): WireAnswer =>
  loginPage({
    language,
    clientName: language === 'zh' ? '云上相册' : 'Cloud Album',
    action: '/login',
    hidden,
    userName: '',
    ...more,
  });

export const consent = (language: Language, more: Partial<ConsentModel> = {}): WireAnswer =>
  consentPage({
    language,
    clientName: language === 'zh' ? '照片打印' : 'Photo Prints',
    clientUri: 'https://prints.example/about',
    redirectUri: 'https://prints.example/callback',
    userName: 'lin.yue@example.com',
    scopes: ['openid', 'profile', 'offline_access', 'FILE.GET', 'FILE.LIST'],
    resource: 'https://bj29.api.example',
    lifetimeSeconds: 7 * 24 * 60 * 60,
    action: '/consent',
    hidden,
    ...more,
  });

const longName = `The ${'quite '.repeat(14)}LongNamed${'X'.repeat(60)} Application`;

export const samples: Readonly<Record<string, Sample>> = {
  login: (language) => login(language),
  'login-without-client': (language) => loginPage({ language, action: '/login', hidden, userName: '' }),
  'login-wrong': (language) => login(language, { problem: 'wrong', userName: 'lin.yue' }),
  'login-slow-down': (language) => login(language, { problem: 'slow_down', userName: 'lin', retryAfterSeconds: 30 }),
  'login-locked': (language) => login(language, { problem: 'locked', userName: 'lin', retryAfterSeconds: 900 }),
  'login-expired': (language) => login(language, { problem: 'form_expired' }),
  'login-long-name': (language) => login(language, { clientName: longName }),
  consent: (language) => consent(language),
  'consent-nothing-asked': (language) =>
    consentPage({ language, clientName: 'Notes', userName: '林月', scopes: [], action: '/consent', hidden }),
  'consent-long': (language) =>
    consent(language, {
      clientName: longName,
      userName: 'l'.repeat(64),
      scopes: Array.from({ length: 12 }, (_, at) => `${'SCOPE.'.repeat(8)}${at}`),
      resource: `https://${'a'.repeat(60)}.example/${'path/'.repeat(20)}`,
      redirectUri: 'com.example.prints:/callback',
    }),
  'problem-unknown-client': (language) => problemPage({ language, problem: 'unknown_client', requestId }),
  'problem-redirect-uri': (language) => problemPage({ language, problem: 'redirect_uri_not_registered', requestId }),
  'problem-not-readable': (language) => problemPage({ language, problem: 'request_not_readable', requestId }),
  'problem-expired': (language) => problemPage({ language, problem: 'form_expired' }),
  'problem-unavailable': (language) =>
    problemPage({ language, problem: 'unavailable', requestId, retryAfterSeconds: 10 }),
  'signed-out': (language) => signedOutPage({ language, signInUrl: '/login' }),
  account: (language) => accountPage({ language, userName: 'lin.yue@example.com', action: '/logout', hidden }),
};

const requestId = '67219EFF1B3C4D5E6F708192';
