/**
 * Use case: a client sends a browser for a one-time code (RFC 6749, section 4.1.1). Decides what the browser gets: a page
 * where no redirect is safe, the login, the question of consent, or a redirect with a code or a refusal.
 */

import type { AuthorizationAnswer, AuthorizationRequest, AuthorizationSpeech } from '../core/authorization-request.ts';
import type { Client } from '../core/client.ts';
import type { ConsentAnswer, ConsentAsk } from '../core/consent.ts';
import type { GrantId } from '../core/ids.ts';
import { accept, type Decision, type Reason, refuse } from '../core/reasons.ts';
import { isRegistered } from '../core/redirect-uri.ts';
import { everyTenant } from './authenticate-client.ts';
import type { BrowserSession } from './browser-session.ts';
import { type ConsentParts, hasConsent } from './consent.ts';
import type { RequestContext } from './context.ts';
import { recordRefusal } from './execute.ts';
import { type IssueCodeParts, issueCode } from './issue-code.ts';
import type { People } from './people.ts';
import type { AuditStore, DirectoryStore } from './ports.ts';
import type { Resources } from './resources.ts';
import { decideTarget, type Target } from './session-outcome.ts';

export interface AuthorizeParts extends IssueCodeParts {
  readonly store: IssueCodeParts['store'] &
    ConsentParts['store'] &
    Pick<DirectoryStore, 'findTenant'> &
    Pick<AuditStore, 'appendAudit'>;
  readonly people: Pick<People, 'findClient'>;
  readonly resources: Pick<Resources, 'find'>;
  readonly background: (work: Promise<unknown>) => void;
}

/** Who sits at the browser, and what they did for this very request. */
export interface Visitor {
  readonly session: BrowserSession | undefined;
  /** The session that they began for it: it answers `prompt=login`. */
  readonly signedInAs: GrantId | undefined;
  /** What they answered when they were asked for consent. */
  readonly said: ConsentAnswer | undefined;
}

/** Where the browser goes back to in the end. */
export interface Destination {
  readonly client: Client;
  readonly redirectUri: string;
}

export type AuthorizationStep =
  | { readonly do: 'explain'; readonly reason: Reason }
  | (Destination & { readonly do: 'login' })
  | (Destination & {
      readonly do: 'consent';
      readonly session: BrowserSession;
      readonly target: Target;
      readonly ask: ConsentAsk;
    })
  | (Destination & { readonly do: 'redirect'; readonly answer: AuthorizationAnswer });

export async function authorize(
  parts: AuthorizeParts,
  speech: AuthorizationSpeech,
  request: AuthorizationRequest,
  visitor: Visitor,
  context: RequestContext,
): Promise<AuthorizationStep> {
  const step = await decide(parts, speech, request, visitor, context);
  const reason = refusalOf(step);
  if (reason) recordRefusal(parts, speech.session.name, request.operation, reason, context, request.clientId);
  return step;
}

async function decide(
  parts: AuthorizeParts,
  speech: AuthorizationSpeech,
  request: AuthorizationRequest,
  visitor: Visitor,
  context: RequestContext,
): Promise<AuthorizationStep> {
  const found = await findDestination(parts, speech, request);
  if (!found.ok) return { do: 'explain', reason: found.reason };
  const destination = found.value;
  const { client } = destination;
  const answer = (value: AuthorizationAnswer): AuthorizationStep => ({ do: 'redirect', ...destination, answer: value });
  const refused = (reason: Reason) => answer({ did: 'refused', reason, state: request.state });

  const isSilent = request.prompts.includes('none');
  const session = visitor.session?.user.tenant === client.tenant ? visitor.session : undefined;
  // Before a refusal, too: nobody is sent on to an application by a link alone (RFC 9700, section 4.11.2).
  if (!session && !isSilent) return { do: 'login', ...destination };

  const target = await findTarget(parts, speech, request, client);
  if (!target.ok) return refused(target.reason);
  if (!session) return refused({ code: 'login_required', clientId: client.id });
  const isFresh = visitor.signedInAs === session.grant.id;
  if (request.prompts.includes('login') && !isFresh) return { do: 'login', ...destination };

  const { said } = visitor;
  if (said === 'denied') return refused({ code: 'consent_denied', clientId: client.id });
  const { user } = session;
  const ask = consentAsk(speech, target.value);
  const consentCase = {
    ...destination,
    dialect: speech.session.name,
    user,
    ask,
    prompts: request.prompts,
    isFresh,
    said,
  };
  if (!(await hasConsent(parts, consentCase, context))) {
    if (isSilent) return refused({ code: 'consent_required', clientId: client.id });
    return { do: 'consent', ...destination, session, target: target.value, ask };
  }
  const code = await issueCode(parts, speech, request, { ...destination, user, target: target.value }, context);
  return answer({ did: 'code', code, state: request.state });
}

/** Where an answer may go; as long as that is in doubt, nothing is sent anywhere (RFC 6749, section 4.1.2.1). */
export async function findDestination(
  parts: Pick<AuthorizeParts, 'people'>,
  { session: { name } }: AuthorizationSpeech,
  { clientId, tenant, redirectUri }: AuthorizationRequest,
): Promise<Decision<Destination>> {
  const client = await parts.people.findClient(clientId, name);
  const isKnown = client?.status === 'enabled' && client.tenant !== everyTenant;
  if (!isKnown || (tenant !== undefined && tenant !== client.tenant))
    return refuse({ code: 'client_unknown', clientId });
  if (redirectUri !== undefined) {
    if (!isRegistered(client.redirectUris, redirectUri))
      return refuse({ code: 'redirect_uri_not_registered', clientId });
    return accept({ client, redirectUri });
  }
  const [only, ...others] = client.redirectUris;
  if (only === undefined || others.length > 0) return refuse({ code: 'redirect_uri_not_registered', clientId });
  return accept({ client, redirectUri: only });
}

/** What the code may be for, or what the client did wrong. */
async function findTarget(
  parts: Pick<AuthorizeParts, 'store' | 'resources'>,
  { clientTypes, session }: AuthorizationSpeech,
  request: AuthorizationRequest,
  client: Client,
): Promise<Decision<Target>> {
  const { id: clientId, tenant } = client;
  if (request.problem) return refuse(request.problem);
  const isOfType = clientTypes?.includes(client.type) ?? true;
  if (!isOfType || !client.grantTypes.includes('authorization_code')) {
    return refuse({ code: 'grant_type_not_allowed', clientId, grantType: 'authorization_code' });
  }
  if ((await parts.store.findTenant(tenant))?.status !== 'enabled') return refuse({ code: 'tenant_disabled', tenant });
  if (client.requiresPkce && request.codeChallenge === undefined) {
    return refuse({ code: 'code_challenge_missing', clientId });
  }
  return decideTarget(parts.resources, session, client, request);
}

const consentAsk = ({ session }: AuthorizationSpeech, { scope, audience }: Target): ConsentAsk => ({
  scope,
  resource: audience === session.defaultAudience() ? undefined : audience,
});

function refusalOf(step: AuthorizationStep): Reason | undefined {
  switch (step.do) {
    case 'explain':
      return step.reason;
    case 'redirect':
      return step.answer.did === 'refused' ? step.answer.reason : undefined;
    case 'login':
    case 'consent':
      return undefined;
  }
}
