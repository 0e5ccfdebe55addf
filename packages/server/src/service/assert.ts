/** Use case: an assertion that a client signed gives a session of the user whom it names (RFC 7523, section 2.1). */

import { type AssertionClaims, assertionOverMs } from '../core/assertion.ts';
import type { Client } from '../core/client.ts';
import type { AssertCommand } from '../core/command.ts';
import { noProfile, type User } from '../core/directory.ts';
import type { SessionOutcome } from '../core/outcome.ts';
import { type AssertionProblem, accept, type Decision, refuse } from '../core/reasons.ts';
import { admitClient } from './admit-client.ts';
import { bindingOf, rememberAssertion } from './authenticate-client.ts';
import type { RequestContext } from './context.ts';
import { judgeAssertion } from './judge-assertion.ts';
import { AlreadyExists } from './ports.ts';
import { openSession } from './session.ts';
import { decideTarget, rotatingSpeech, sessionOutcome } from './session-outcome.ts';
import type { SessionUseParts } from './session-parts.ts';

export async function assert(
  parts: SessionUseParts,
  command: AssertCommand,
  context: RequestContext,
): Promise<Decision<SessionOutcome>> {
  const { nowMs } = context;
  const { speech } = command;
  const admitted = await admitClient(parts.clientCheck, command, nowMs);
  if (!admitted.ok) return admitted;
  const client = admitted.value;
  const read = readAssertion(parts, command, client, nowMs);
  if (!read.ok) return read;
  const claims = read.value;
  const target = await decideTarget(parts.resources, speech, client, command);
  if (!target.ok) return target;
  const { tenant } = client;
  // Before a user is made in it.
  if ((await parts.people.findTenant(tenant))?.status !== 'enabled') return refuse({ code: 'tenant_disabled', tenant });
  const user = await parts.people.findUser(tenant, claims.subject.id);
  if (!user && claims.subject.kind === 'user' && !claims.subject.create)
    return refuse({ code: 'user_unknown', tenant });
  if (user?.status === 'disabled') return refuse({ code: 'account_disabled', tenant });

  // Behind everything that may still refuse it: an honest caller who mends a mistake may send the same assertion again.
  if (speech.assertions.policy.singleUse) {
    const untilMs = assertionOverMs(claims, speech.assertions.policy);
    if (!(await rememberAssertion(parts, client.id, claims.jti, command.assertion, untilMs))) {
      return refuse({ code: 'assertion_replayed', clientId: client.id, proves: 'grant' });
    }
  }
  if (!user) await createUser(parts, command, client, claims, context);
  const rotating = rotatingSpeech(parts.resources, speech, client);
  const opened = await openSession(
    parts,
    rotating,
    {
      operation: command.operation,
      tenant,
      subject: claims.subject.id,
      clientId: client.id,
      binding: bindingOf(client),
      ...target.value,
      lifetimeSeconds: speech.sessionLifetimeSeconds,
      accessTokenLifetimeSeconds: speech.accessTokenLifetimeSeconds,
    },
    context,
  );
  if (!opened.ok) return opened;
  return accept(await sessionOutcome(parts, client, opened.value, { isNew: true, canRefresh: true }, nowMs));
}

function readAssertion(
  parts: SessionUseParts,
  { speech: { assertions }, assertion }: AssertCommand,
  client: Client,
  nowMs: number,
): Decision<AssertionClaims> {
  const no = (problem: AssertionProblem) =>
    refuse({ code: 'assertion_refused', clientId: client.id, proves: 'grant', problem });
  const payload = parts.assertions.verify(client.keys, assertions.algorithms, assertion);
  if (typeof payload === 'string') return no(payload);
  const claims = assertions.read(payload);
  if (typeof claims === 'string') return no(claims);
  if (claims.issuer !== client.id) return no('iss');
  if (claims.subject.kind === 'service' && claims.subject.id !== client.tenant) return no('sub');
  const problem = judgeAssertion(parts.clientCheck, claims, assertions.policy, assertions.audiences(client), nowMs);
  return problem === undefined ? accept(claims) : no(problem);
}

/** Whoever is first makes the user; the others find it. */
async function createUser(
  { store, people }: SessionUseParts,
  { speech, operation }: AssertCommand,
  client: Client,
  { subject: { id, kind } }: AssertionClaims,
  { nowMs, requestId, remote }: RequestContext,
): Promise<void> {
  const user: User = {
    tenant: client.tenant,
    id,
    name: id,
    status: 'enabled',
    policy: [],
    createdAtMs: nowMs,
    loginName: undefined,
    passwordHash: undefined,
    role: speech.roles[kind],
    profile: { ...noProfile, ...speech.newProfile(kind) },
    firstLoginAtMs: undefined,
  };
  try {
    await store.createUser(user, {
      atMs: nowMs,
      type: 'user.created',
      requestId,
      remote,
      dialect: speech.name,
      operation,
      tenant: client.tenant,
      actor: client.id,
      subject: id,
    });
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  } finally {
    people.forget();
  }
}
