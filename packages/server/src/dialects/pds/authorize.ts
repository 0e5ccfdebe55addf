/** `GET /v2/oauth/authorize`: what a browser brings, and what goes back to the application (RFC 6749, section 4.1). */

import { authorizeParameters, paths } from '@hufu/wire/pds';
import type { AuthorizationAnswer, AuthorizationRequest, Prompt } from '../../core/authorization-request.ts';
import { accept, type Decision } from '../../core/reasons.ts';
import type { SessionSpeech } from '../../core/speech.ts';
import type { AuthorizationCodec, WireRequest } from '../dialect.ts';
import { readDomain, readId } from './caller.ts';
import { type Members, optionalOf, requiredOf } from './members.ts';
import { operations } from './operations.ts';
import type { PdsOptions } from './options.ts';
import { malformed } from './problem.ts';
import { readQuery } from './query.ts';
import { redirectError } from './redirect-error.ts';
import { codeTypes } from './token-request.ts';

export function authorizationCodec(speech: SessionSpeech, options: PdsOptions): AuthorizationCodec {
  return {
    path: paths.authorize,
    speech: { session: speech, codeLifetimeSeconds: options.codeLifetimeSeconds, clientTypes: codeTypes },
    parse: (request) => parse(request, options.maxFormMembers),
    redirect,
  };
}

function redirect(answer: AuthorizationAnswer): readonly (readonly [string, string])[] {
  const state = answer.state === undefined ? [] : [['state', answer.state] as const];
  if (answer.did === 'code') return [['code', answer.code], ...state];
  const { error, description } = redirectError(answer.reason);
  return [['error', error], ['error_description', description], ...state];
}

const parameters = [...authorizeParameters, 'code_challenge', 'code_challenge_method'];

function parse(request: WireRequest, maxMembers: number): ReturnType<AuthorizationCodec['parse']> {
  if (request.duplicateHeader !== undefined) return malformed('invalid', 'header', 'A header is given twice.');
  const query = readQuery(request.query, parameters, maxMembers);
  if (!query.ok) return query;
  const members = query.value;
  const clientId = readId(members, 'client_id');
  if (!clientId.ok) return clientId;
  const redirectUri = requiredOf(members, 'redirect_uri');
  if (!redirectUri.ok) return redirectUri;
  const tenant = readDomain(request.headers, members);
  if (!tenant.ok) return tenant;
  const wish = readWish(members);
  const prompts = readPrompts(members);
  return {
    ok: true,
    ask: {
      operation: operations.authorize,
      clientId: clientId.value,
      tenant: tenant.value,
      redirectUri: redirectUri.value,
      resource: undefined,
      state: members.get('state'),
      loginHint: undefined,
      // Beside a problem, too: where nobody is to be bothered, nobody sees a page.
      prompts: prompts.ok ? prompts.value : [],
      ...(wish.ok ? { ...wish.value, problem: undefined } : { ...nothing, problem: wish.reason }),
    },
  };
}

type Wish = Pick<AuthorizationRequest, 'scope' | 'codeChallenge'>;

const nothing: Wish = { scope: undefined, codeChallenge: undefined };

/** What the application wants: whatever is wrong here, it is told so itself. */
function readWish(members: Members): Decision<Wish> {
  const responseType = requiredOf(members, 'response_type');
  if (!responseType.ok) return responseType;
  // `token`, the implicit flow, would put a token into an address (RFC 9700, section 2.1.2).
  if (responseType.value !== 'code') return malformed('notSupported', 'response_type');
  // The other ways to log in lead to services that are not ours.
  if ((optionalOf(members, 'login_type') ?? 'default') !== 'default') return malformed('notSupported', 'login_type');
  const codeChallenge = readChallenge(members);
  if (!codeChallenge.ok) return codeChallenge;
  const prompts = readPrompts(members);
  if (!prompts.ok) return prompts;
  return accept({ scope: readScope(members), codeChallenge: codeChallenge.value });
}

/** doc: only `all` means anything, and is the same as leaving it out; the guides print lists of scopes. */
function readScope(members: Members): string | undefined {
  const words = (optionalOf(members, 'scope') ?? '').split(/[\s,]+/).filter(Boolean);
  return words.length === 0 || words.includes('all') ? undefined : words.join(' ');
}

/** RFC 7636, section 4.2: the digest of a verifier, in base64url. */
const challengeForm = /^[A-Za-z0-9_-]{43}$/;

/** Without a method the challenge would be the verifier itself (RFC 7636, section 4.3): that one is not taken. */
function readChallenge(members: Members): Decision<string | undefined> {
  const challenge = optionalOf(members, 'code_challenge');
  const method = optionalOf(members, 'code_challenge_method');
  if (challenge === undefined) return method === undefined ? accept(undefined) : malformed('missing', 'code_challenge');
  if (method !== 'S256') return malformed('notSupported', 'code_challenge_method');
  return challengeForm.test(challenge) ? accept(challenge) : malformed('wrongFormat', 'code_challenge');
}

const knownPrompts: readonly string[] = ['none', 'login', 'consent'] satisfies readonly Prompt[];
const isPrompt = (word: string): word is Prompt => knownPrompts.includes(word);

/**
 * `hide_consent=false` asks again for a consent that was given before. `true` hides nothing that has to be asked: whether
 * an application is a third party's is the operator's to say, not its own.
 */
function readPrompts(members: Members): Decision<readonly Prompt[]> {
  const words = (optionalOf(members, 'prompt') ?? '').split(' ').filter(Boolean);
  const prompts = words.filter(isPrompt);
  const contradicts = prompts.includes('none') && words.length > 1;
  if (prompts.length < words.length || contradicts) return malformed('notSupported', 'prompt');
  switch (optionalOf(members, 'hide_consent')) {
    case undefined:
    case 'true':
      return accept(prompts);
    case 'false':
      return accept(prompts.includes('none') || prompts.includes('consent') ? prompts : [...prompts, 'consent']);
    default:
      return malformed('invalid', 'hide_consent');
  }
}
