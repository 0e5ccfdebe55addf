/** Sessions for tests, on the real SQLite store and the real key ring, under a clock that is set. */

import type { Client } from '../core/client.ts';
import { noProfile, type User } from '../core/directory.ts';
import { isGrantId } from '../core/ids.ts';
import type { RotationPolicy } from '../core/policy.ts';
import type { Decision } from '../core/reasons.ts';
import { secondMs, unixSeconds } from '../core/time.ts';
import type { TokenFormat } from '../core/token.ts';
import { hashing } from '../keys/hashing.ts';
import { systemRandom } from '../keys/random.ts';
import { renewalKeyUse } from '../keys/refresh-tokens.ts';
import { sampleClock, sampleSealing, sampleUse } from '../keys/ring.sample.ts';
import { openKeyRing } from '../keys/ring.ts';
import { freshFolder } from '../stores/sqlite/fresh.sample.ts';
import { openSqliteStore } from '../stores/sqlite/open.ts';
import { createPeople } from './people.ts';
import { recognize } from './recognize.ts';
import { type RefreshAsk, type RefreshParts, refresh } from './refresh.ts';
import { openSession } from './session.ts';
import { createSightings } from './sightings.ts';
import type { RotatingSpeech, TokenPair } from './token-pair.ts';

export const sampleStartMs = 1_730_257_365_559;
export const sampleLifetimeSeconds = 30 * 86_400;

export const sampleAccessFormat: TokenFormat = {
  type: 'sample_access_token',
  dialect: 'sample',
  role: 'access',
  keyUse: 'sample',
  algorithm: 'HS256',
  encode: (grant, times) => ({
    header: { typ: 'JWT' },
    payload: JSON.stringify({
      sid: grant.id,
      gen: grant.generation,
      iat: times.issuedAtMs,
      exp: unixSeconds(times.expiresAtMs),
    }),
  }),
  read: ({ sid, gen, iat, exp }) =>
    typeof sid === 'string' && isGrantId(sid) && typeof gen === 'number' && typeof iat === 'number'
      ? { grantId: sid, generation: gen, issuedAtMs: iat, expiresAtMs: Number(exp) * secondMs }
      : undefined,
};

export const sampleRotation: RotationPolicy = {
  rotates: true,
  retryWindowSeconds: 60,
  renewalLifetimeSeconds: 7 * 86_400,
};

export type RefreshCall = Partial<Omit<RefreshAsk, 'refreshToken' | 'operation'>>;

const sampleUser = (id: string): User => ({
  tenant: 't',
  id,
  name: id,
  status: 'enabled',
  policy: [],
  createdAtMs: sampleStartMs,
  loginName: undefined,
  passwordHash: undefined,
  role: 'user',
  profile: noProfile,
  firstLoginAtMs: undefined,
});

export const sampleClient: Client = {
  id: 'app',
  tenant: 't',
  name: 'app',
  status: 'enabled',
  createdAtMs: sampleStartMs,
  dialect: 'sample',
  type: 'web',
  authentication: 'none',
  secretHash: undefined,
  keys: [],
  grantTypes: ['authorization_code', 'refresh_token'],
  redirectUris: [],
  requiresPkce: true,
  scopes: [],
  isThirdParty: false,
  rotation: { rotates: true, retryWindowSeconds: undefined },
  permissions: [],
  resources: [],
};

const event = { atMs: sampleStartMs, type: 'user.created', requestId: 'sample' } as const;

/** One tenant `t` with users `alice` and `bob`, in a folder of its own. */
export async function openWorld() {
  const folder = freshFolder();
  const clock = sampleClock(sampleStartMs);
  let store = await openSqliteStore({ path: folder.path });
  await store.createTenant({ id: 't', name: 't', status: 'enabled', createdAtMs: sampleStartMs }, event);
  for (const id of ['alice', 'bob']) {
    await store.createUser(sampleUser(id), event);
  }
  await store.createClient(sampleClient, event);
  const openRing = () =>
    openKeyRing({
      store,
      sealing: sampleSealing(),
      clock,
      random: systemRandom,
      uses: [renewalKeyUse(10, sampleLifetimeSeconds), sampleUse('HS256', 0)],
    });
  let ring = await openRing();
  let people = createPeople(store, 100);
  let pending: Promise<unknown>[] = [];
  const background = (work: Promise<unknown>): void => {
    pending.push(work.catch(() => undefined));
  };
  let sightings = createSightings(store, background);
  let requests = 0;
  const context = () => ({ requestId: `request-${++requests}`, nowMs: clock.nowMs(), remote: '192.0.2.1' });

  return {
    clock,
    get store() {
      return store;
    },
    get ring() {
      return ring;
    },
    get people() {
      return people;
    },
    context,

    open(speech: Partial<RotatingSpeech> = {}, change: { subject?: string; accessTokenLifetimeSeconds?: number } = {}) {
      const parts = { store, people, signer: ring.signer, refreshTokens: ring.refreshTokens, random: systemRandom };
      return openSession(
        parts,
        speechOf(speech),
        {
          operation: 'Open',
          tenant: 't',
          subject: 'alice',
          clientId: 'app',
          binding: 'app',
          scope: undefined,
          audience: undefined,
          lifetimeSeconds: sampleLifetimeSeconds,
          accessTokenLifetimeSeconds: 7200,
          ...change,
        },
        context(),
      );
    },

    refresh(
      refreshToken: string,
      call: RefreshCall = {},
      speech: Partial<RotatingSpeech> = {},
      change: Partial<RefreshParts> = {},
    ): Promise<Decision<TokenPair>> {
      const { signer, refreshTokens } = ring;
      const parts = { store, people, signer, refreshTokens, hashing, background, ...change };
      const ask = { operation: 'Refresh', refreshToken, binding: 'app', idempotencyKey: undefined, actor: 'app' };
      return refresh(parts, speechOf(speech), { ...ask, ...call }, context());
    },

    /** Whether a token is good, for who only looks: it is not seen by that. */
    async recognizes(accessToken: string): Promise<boolean> {
      const parts = { store, signer: ring.signer, formats: [sampleAccessFormat] };
      return (await recognize(parts, accessToken, clock.nowMs())).ok;
    },

    /** As a resource server would: a good token is noted as seen before this settles. */
    async check(accessToken: string): Promise<boolean> {
      const parts = { store, signer: ring.signer, formats: [sampleAccessFormat] };
      const recognized = await recognize(parts, accessToken, clock.nowMs());
      if (recognized.ok) sightings.note(recognized.value.grant, recognized.value.facts.generation);
      await this.settled();
      return recognized.ok;
    },

    /** Waits for what nobody waits for. */
    async settled(): Promise<void> {
      const waiting = pending;
      pending = [];
      await Promise.all(waiting);
    },

    /** Everything in memory is lost; the folder is opened again. */
    async restart(): Promise<void> {
      await store.close();
      store = await openSqliteStore({ path: folder.path });
      ring = await openRing();
      people = createPeople(store, 100);
      sightings = createSightings(store, background);
    },

    async events(): Promise<readonly Record<string, unknown>[]> {
      await this.settled();
      const { rows } = await store.readAudit({}, { limit: 1000, after: undefined });
      return rows.map((line): Record<string, unknown> => JSON.parse(line));
    },

    async dispose(): Promise<void> {
      await this.settled();
      await store.close();
      folder.remove();
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;

const speechOf = (change: Partial<RotatingSpeech>): RotatingSpeech => ({
  name: 'sample',
  accessFormatOf: async () => sampleAccessFormat,
  rotation: sampleRotation,
  ...change,
});
