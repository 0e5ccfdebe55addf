/** The authorization endpoint as a codec (RFC 6749, section 4.1.1): what a browser brings, and what goes to the redirect URI. */

import {
  codeChallengeForm,
  codeChallengeMethod,
  paths,
  repeatableParameter,
  responseMode,
  responseType,
} from '@hufu/wire/oauth';
import type {
  AuthorizationAnswer,
  AuthorizationRequest,
  AuthorizationSpeech,
  Prompt,
} from '../../core/authorization-request.ts';
import { accept, type Decision, type Refusal } from '../../core/reasons.ts';
import type { AuthorizationCodec, WireRequest } from '../dialect.ts';
import { isClientId } from './client-proof.ts';
import { redirectErrorOf } from './errors.ts';
import { longest } from './limits.ts';
import { type Parameters, readParameters } from './parameters.ts';
import { malformed } from './problem.ts';
import { readTarget, type Target } from './target.ts';

type Values = Parameters['values'];

export const createAuthorizationCodec = (speech: AuthorizationSpeech, issuer: () => string): AuthorizationCodec => ({
  path: paths.authorize,
  speech,
  parse: parseAuthorization,
  redirect: (answer) => redirect(answer, issuer()),
});

type ParsedAuthorization = { readonly ok: true; readonly ask: AuthorizationRequest } | Refusal;

function parseAuthorization({ query }: Pick<WireRequest, 'query'>): ParsedAuthorization {
  const parameters = readParameters(query);
  if (!parameters) return malformed('invalid_request', 'the query is not well encoded');
  const { values, repeated } = parameters;
  const clientId = values.get('client_id');
  if (clientId === undefined) return malformed('invalid_request', 'parameter client_id is missing');
  // Where the answer would go must not depend on which of two values somebody reads.
  if (!isClientId(clientId) || repeated.has('client_id') || repeated.has('redirect_uri')) {
    return malformed('invalid_request', 'client_id or redirect_uri is malformed');
  }
  const asked = readAsked(parameters);
  const prompts = readPrompts(values);
  const ask: AuthorizationRequest = {
    operation: 'authorize',
    clientId,
    tenant: undefined,
    redirectUri: values.get('redirect_uri'),
    state: repeated.has('state') ? undefined : values.get('state'),
    // Beside a problem, too: where nobody is to be bothered, nobody sees a page.
    prompts: prompts.ok ? prompts.value : [],
    ...(asked.ok ? { ...asked.value, problem: undefined } : { ...nothing, problem: asked.reason }),
  };
  return { ok: true, ask };
}

type Asked = Target & Pick<AuthorizationRequest, 'codeChallenge' | 'loginHint'>;

/** Nobody acts on a request with a problem. */
const nothing: Asked = {
  scope: undefined,
  resource: undefined,
  codeChallenge: undefined,
  loginHint: undefined,
};

function readAsked({ values, repeated }: Parameters): Decision<Asked> {
  const problem = formProblem(values, repeated);
  if (problem) return problem;
  const target = readTarget(values);
  if (!target.ok) return target;
  const codeChallenge = readCodeChallenge(values);
  if (!codeChallenge.ok) return codeChallenge;
  const prompts = readPrompts(values);
  if (!prompts.ok) return prompts;
  const hint = values.get('login_hint');
  const loginHint = hint !== undefined && hint.length <= longest.loginHint ? hint : undefined;
  return accept({ ...target.value, codeChallenge: codeChallenge.value, loginHint });
}

function formProblem(values: Values, repeated: ReadonlySet<string>): Refusal | undefined {
  for (const name of repeated) {
    if (name !== repeatableParameter) return malformed('invalid_request', 'a parameter is given twice');
  }
  if (repeated.size > 0) return malformed('invalid_target', 'one resource at a time');
  if (values.has('request')) return malformed('request_not_supported', 'parameter request is not supported');
  if (values.has('request_uri'))
    return malformed('request_uri_not_supported', 'parameter request_uri is not supported');
  const type = values.get('response_type');
  if (type === undefined) return malformed('invalid_request', 'parameter response_type is missing');
  if (type !== responseType) return malformed('unsupported_response_type', `response_type must be ${responseType}`);
  if ((values.get('response_mode') ?? responseMode) !== responseMode) {
    return malformed('invalid_request', `response_mode must be ${responseMode}`);
  }
  return undefined;
}

/** A challenge without a method would be `plain` (RFC 7636, section 4.3), which shows the verifier. */
function readCodeChallenge(values: Values): Decision<string | undefined> {
  const challenge = values.get('code_challenge');
  const method = values.get('code_challenge_method');
  if (challenge === undefined && method === undefined) return accept(undefined);
  if (method !== codeChallengeMethod) {
    return malformed('invalid_request', `code_challenge_method must be ${codeChallengeMethod}`);
  }
  return challenge !== undefined && codeChallengeForm.test(challenge)
    ? accept(challenge)
    : malformed('invalid_request', 'code_challenge must be a SHA-256 in base64url');
}

const knownPrompts: readonly string[] = ['none', 'login', 'consent'] satisfies readonly Prompt[];
const isPrompt = (word: string): word is Prompt => knownPrompts.includes(word);

/** OpenID Connect Core, section 3.1.2.1: `none` stands alone. */
function readPrompts(values: Values): Decision<readonly Prompt[]> {
  const words = [...new Set(values.get('prompt')?.split(' ') ?? [])];
  const known = words.filter(isPrompt);
  const isSound = known.length === words.length && (!known.includes('none') || known.length === 1);
  return isSound
    ? accept(known)
    : malformed('invalid_request', `prompt must be of ${knownPrompts.join(', ')}; none stands alone`);
}

/** With the issuer, so that a client of several servers knows whose answer it holds (RFC 9207). */
function redirect(answer: AuthorizationAnswer, issuer: string): readonly (readonly [name: string, value: string])[] {
  const state = answer.state === undefined ? [] : [['state', answer.state] as const];
  switch (answer.did) {
    case 'code':
      return [['code', answer.code], ...state, ['iss', issuer]];
    case 'refused': {
      const { code, description } = redirectErrorOf(answer.reason);
      return [['error', code], ['error_description', description], ...state, ['iss', issuer]];
    }
  }
}
