/** How a profile stands, from what is kept: nothing is asked of the server. */

import { never } from '../core/clock.ts';
import { lifetimeOf } from '../core/lifetime.ts';
import { defaultPolicy } from '../core/policy.ts';
import type { Grant } from '../core/provider.ts';
import type { SourceState } from '../core/token-source.ts';
import type { TokenRecord, Tombstone } from '../core/token-store.ts';
import { rfc3339 } from './formats/instant.ts';
import type { OpenProfile } from './open-profile.ts';
import { storedOptions } from './profiles/stored-options.ts';

/** Members are added, never renamed. Instants are RFC 3339, by the server's clock where they are the server's. */
export interface StatusView {
  readonly name: string;
  readonly provider: string;
  readonly grant: string;
  readonly storage: string;
  readonly state: SourceState;
  /** Whether a person has to log in before there can be a token. */
  readonly loginNeeded: boolean;
  /** End of the token that is kept. */
  readonly expiresAt: string | null;
  /** Whether further tokens come without a person. */
  readonly renewable: boolean;
  /** When a session of a person ends, where that is known. */
  readonly renewableUntil: string | null;
  readonly scope: string | null;
  readonly subject: string | null;
  /** Why the last attempt failed, while that counts. */
  readonly problem: string | null;
  /** The server is not asked again before. */
  readonly nextAttemptAt: string | null;
  /** Process that wrote what is kept. */
  readonly writer: string | null;
}

/** Throws `TokenError` where the storage cannot be read. */
export async function statusOf(open: OpenProfile): Promise<StatusView> {
  const { name, profile, provider, source, storage } = open;
  await source.ready();
  const record = await storage.store.read(await provider.key());
  const { state: held, nextAttemptAtMs } = source.status();
  const { grant, dead, cooldown } = record ?? {};
  // What is over is not held any more.
  const state = held === 'empty' && grant ? 'expired' : held;
  const isPersonal = provider.traits.interactive === true;
  const isSession = grant?.refreshToken !== undefined && !dead && !isOver(grant);
  const loginNeeded = isPersonal ? !isSession && source.peek() === undefined : await misses(open, dead);
  return {
    name,
    provider: profile.provider,
    grant: profile.grant,
    storage: storage.name,
    state,
    loginNeeded,
    expiresAt: instant(record && endOf(record)),
    renewable: isPersonal ? isSession : !loginNeeded,
    renewableUntil: instant(isPersonal ? grant?.refreshExpiresAtMs : undefined),
    scope: grant?.token.scope ?? null,
    subject: grant?.token.subject ?? null,
    problem: dead?.code ?? (state === 'cooldown' ? (cooldown?.code ?? null) : null),
    nextAttemptAt: instant(nextAttemptAtMs),
    writer: record?.writer ?? null,
  };
}

const instant = (atMs: number | undefined): string | null => (atMs === undefined ? null : rfc3339(atMs));

const isOver = ({ refreshExpiresAtMs }: Grant): boolean =>
  refreshExpiresAtMs !== undefined && refreshExpiresAtMs <= Date.now();

function endOf({ grant, receivedAtMs = 0, skewMs }: TokenRecord): number | undefined {
  if (!grant) return undefined;
  const serverMs = receivedAtMs + skewMs;
  const { wholeMs } = lifetimeOf(grant.token, defaultPolicy, serverMs, '');
  return wholeMs < never ? serverMs + wholeMs : undefined;
}

/** Whether somebody has to type a secret, or a refusal stands there that only a login ends. */
async function misses({ profile, secrets }: OpenProfile, dead: Tombstone | undefined): Promise<boolean> {
  if (dead) return true;
  for (const option of storedOptions(profile)) {
    if ((await secrets.read(option)) === undefined) return true;
  }
  return false;
}
