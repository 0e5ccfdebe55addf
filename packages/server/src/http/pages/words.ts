/** Every word of the pages. A language that lacks one does not compile; what varies is an argument, already made safe. */

import type { Html } from './escape.ts';
import type { Language } from './language.ts';
import { chinese } from './words/chinese.ts';
import { english } from './words/english.ts';

export interface Words {
  readonly motto: string;

  readonly signIn: string;
  readonly signInTo: (client: Html) => Html;
  readonly userName: string;
  readonly password: string;
  readonly wrong: string;
  readonly slowDown: (wait: string | undefined) => string;
  readonly locked: (wait: string | undefined) => string;
  readonly formExpired: string;
  /** Before the title of a page that says what went wrong. */
  readonly notDone: string;

  readonly consent: string;
  readonly consentAsked: (client: Html) => Html;
  readonly signedInAs: (user: Html) => Html;
  readonly willBeAble: string;
  readonly willKnowYou: string;
  readonly scopes: Readonly<Record<KnownScope, string>>;
  readonly atResource: (resource: Html) => Html;
  readonly lastsFor: (time: string) => string;
  readonly onlyIfTrusted: string;
  readonly returnsTo: (place: Html) => Html;
  readonly allow: string;
  readonly deny: string;

  readonly problems: Readonly<Record<ProblemKind, ProblemWords>>;
  readonly requestId: string;

  readonly signedOut: string;
  readonly signedOutText: string;
  readonly signInAgain: string;

  readonly account: string;
  readonly signOut: string;
  readonly signOutText: string;
}

/** Scopes that mean the same everywhere: OpenID Connect Core 1.0, sections 5.4 and 11. Others are shown as they are. */
export type KnownScope = 'openid' | 'profile' | 'email' | 'offline_access';

/** Why an authorization request is answered by a page and not by a redirect (RFC 6749, section 4.1.2.1). */
export type ProblemKind =
  | 'unknown_client'
  | 'redirect_uri_not_registered'
  | 'request_not_readable'
  | 'form_expired'
  | 'unavailable';

export interface ProblemWords {
  readonly title: string;
  readonly text: string;
  readonly advice: string;
}

const words: Readonly<Record<Language, Words>> = { en: english, zh: chinese };

export const wordsIn = (language: Language): Words => words[language];
