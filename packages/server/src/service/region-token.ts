/** The token of one region: signed, and read again by whoever is asked about it. */

import type { User } from '../core/directory.ts';
import { type Grant, grantRefusal, type StoredGrant } from '../core/grant.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { Membership, RegionAccount } from '../core/region.ts';
import type { RegionSpeech } from '../core/speech.ts';
import { addSeconds, isOver } from '../core/time.ts';
import type { TokenFacts } from '../core/token.ts';
import type { PasswordCheck } from './authenticate-password.ts';
import type { SignatureCheck } from './authenticate-signature.ts';
import type { RenewalNotes } from './note-renewal.ts';
import type { People } from './people.ts';
import type { Random, Signer, Store } from './ports.ts';
import { findGrantOf } from './recognize.ts';
import { regionStanding } from './region-standing.ts';
import type { Sightings } from './sightings.ts';

/** What the use cases of regions need of the world. */
export interface RegionParts extends RenewalNotes {
  readonly check: SignatureCheck;
  readonly passwordCheck: PasswordCheck;
  readonly store: Store;
  readonly people: People;
  readonly signer: Signer;
  readonly sightings: Sightings;
  readonly random: Random;
}

/** Nobody keeps an account of the platform's own region: every user has one. */
export const platformAccount = ({ platform }: RegionSpeech, user: User): RegionAccount => ({
  tenant: user.tenant,
  userId: user.id,
  regionId: platform.id,
  account: platform.account,
  homePath: '',
  status: 'Normal',
});

/** It ends to the millisecond, and never behind its grant. @param sinceMs from when its life counts. */
export function regionToken(
  signer: Signer,
  { tokenFormat, tokenLifetimeSeconds }: RegionSpeech,
  grant: Grant,
  user: User,
  account: RegionAccount,
  sinceMs: number,
): string {
  const expiresAtMs = Math.min(addSeconds(sinceMs, tokenLifetimeSeconds), grant.expiresAtMs);
  return signer.sign(tokenFormat, tokenFormat.encode(grant, { issuedAtMs: sinceMs, expiresAtMs }, user, account));
}

/** A token with everything that stands behind it, as it is now. */
export interface Held {
  readonly facts: TokenFacts;
  readonly grant: StoredGrant;
  readonly user: User;
  /** `undefined` for the platform's token. */
  readonly membership: Membership | undefined;
}

/** Whether a rotation has put another token in its place. */
export const isReplaced = ({ facts, grant }: Held): boolean =>
  facts.generation !== undefined && facts.generation < grant.generation;

/** @param graceSeconds how long after its own end a token is still taken: less than this. */
export async function readRegionToken(
  { signer, store, people }: RegionParts,
  { tokenFormat, platform }: RegionSpeech,
  token: string,
  graceSeconds: number,
  nowMs: number,
): Promise<Decision<Held>> {
  const payload = signer.verify(tokenFormat, token);
  const facts = payload && tokenFormat.read(payload);
  if (!facts) return refuse({ code: 'credential_invalid', detail: `not a ${tokenFormat.type}` });
  if (isOver(addSeconds(facts.expiresAtMs, graceSeconds), nowMs)) return refuse({ code: 'credential_expired' });
  const found = await findGrantOf(store, facts);
  if (!found.ok) return found;
  const grant = found.value;
  const dead = grantRefusal(grant, nowMs);
  if (dead) return refuse(dead);
  const { mayAct, user } = await people.standing(grant);
  if (!mayAct || !user) return refuse({ code: 'grant_suspended', grantId: grant.id });
  const standing = await regionStanding(people, platform.id, grant, user);
  return standing.ok ? accept({ facts, grant, user, membership: standing.value }) : standing;
}
