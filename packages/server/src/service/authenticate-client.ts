/** Checks that a client is who it says: its secret, its assertion, or for a public client its name alone (RFC 6749, section 2.3). */

import { assertionOverMs, readClientAssertion } from '../core/assertion.ts';
import type { Client, ClientPermission } from '../core/client.ts';
import type { ClientAssertionProof, ClientProof, Hashing } from '../core/proof.ts';
import { type AssertionProblem, accept, type Decision, refuse } from '../core/reasons.ts';
import type { SessionSpeech } from '../core/speech.ts';
import { type AssertionClocks, judgeAssertion } from './judge-assertion.ts';
import type { People } from './people.ts';
import type { Assertions, GrantStore, Sealing } from './ports.ts';

export interface ClientCheck extends AssertionClocks {
  readonly people: Pick<People, 'findClient'>;
  readonly store: Pick<GrantStore, 'rememberAssertion'>;
  readonly sealing: Pick<Sealing, 'keyedHash'>;
  readonly hashing: Pick<Hashing, 'equal' | 'digestHex'>;
  readonly assertions: Assertions;
}

/** As much of a dialect as its clients are judged by. */
export type ClientSpeech = Pick<SessionSpeech, 'name' | 'assertions'>;

/** Purpose of the keyed hash under which client secrets are kept. */
export const clientSecretPurpose = 'client_secret';

/** A client of this tenant may ask about the grants of every tenant. */
export const everyTenant = '*';

export async function authenticateClient(
  check: ClientCheck,
  speech: ClientSpeech,
  proof: ClientProof,
  nowMs: number,
): Promise<Decision<Client>> {
  const clientId = clientIdOf(check, proof);
  if (clientId === undefined) return refuse({ code: 'client_authentication_failed', clientId: '' });
  // Hashed whether the client exists or not, so that the time tells nothing.
  const presented =
    proof.kind === 'client_secret' ? check.sealing.keyedHash(proof.clientSecret, clientSecretPurpose) : undefined;
  const client = await check.people.findClient(clientId, speech.name);
  if (!client || client.status === 'disabled') {
    // Who proves nothing learns no more from the one answer than from the other.
    return refuse({ code: proof.kind === 'client_name' ? 'client_unknown' : 'client_authentication_failed', clientId });
  }
  const failed = refuse({ code: 'client_authentication_failed', clientId });
  switch (client.authentication) {
    case 'none':
      return proof.kind === 'client_name' ? accept(client) : failed;
    case 'client_secret': {
      const isRight = presented !== undefined && check.hashing.equal(presented, client.secretHash ?? '');
      return isRight ? accept(client) : failed;
    }
    case 'private_key_jwt':
      return proof.kind === 'client_assertion' ? checkAssertion(check, speech, client, proof, nowMs) : failed;
  }
}

/** The id that the request claims; nothing is proved yet. */
function clientIdOf(check: ClientCheck, proof: ClientProof): string | undefined {
  if (proof.kind === 'client_of_token') return undefined;
  if (proof.kind !== 'client_assertion') return proof.clientId;
  const issuer = check.assertions.issuerOf(proof.assertion);
  return proof.clientId === undefined || proof.clientId === issuer ? issuer : undefined;
}

async function checkAssertion(
  check: ClientCheck,
  { assertions: { policy, algorithms, audiences } }: ClientSpeech,
  client: Client,
  { assertion }: ClientAssertionProof,
  nowMs: number,
): Promise<Decision<Client>> {
  const clientId = client.id;
  const no = (problem: AssertionProblem) => refuse({ code: 'assertion_refused', clientId, proves: 'client', problem });
  const payload = check.assertions.verify(client.keys, algorithms, assertion);
  if (typeof payload === 'string') return no(payload);
  const claims = readClientAssertion(payload);
  if (typeof claims === 'string') return no(claims);
  if (claims.issuer !== clientId) return no('iss');
  if (claims.subject.id !== clientId) return no('sub');
  const problem = judgeAssertion(check, claims, policy, audiences(client), nowMs);
  if (problem !== undefined) return no(problem);
  const isFirst = await rememberAssertion(check, clientId, claims.jti, assertion, assertionOverMs(claims, policy));
  return isFirst ? accept(client) : refuse({ code: 'assertion_replayed', clientId, proves: 'client' });
}

/**
 * Takes the assertion; one without `jti` is known by what was signed of it. Not by its signature: whoever sees one of ES256
 * can write it in another way that is as good. False where it was taken before.
 */
export const rememberAssertion = (
  { store, hashing }: Pick<ClientCheck, 'store' | 'hashing'>,
  clientId: string,
  jti: string | undefined,
  assertion: string,
  untilMs: number,
): Promise<boolean> =>
  store.rememberAssertion(clientId, hashing.digestHex('sha256', jti ?? signedPart(assertion)), untilMs);

const signedPart = (assertion: string): string => assertion.slice(0, assertion.lastIndexOf('.'));

/** Who may refresh a session: the client, and the way in which it proved itself, in the words of `Grant.binding`. */
export const bindingOf = ({ id, authentication }: Client): string => `${id} ${authentication}`;

export const requirePermission = (client: Client, permission: ClientPermission): Decision<Client> =>
  client.permissions.includes(permission)
    ? accept(client)
    : refuse({ code: 'client_not_permitted', clientId: client.id, permission });

export const mayAskAbout = (client: Client, tenant: string): boolean =>
  client.tenant === everyTenant || client.tenant === tenant;
