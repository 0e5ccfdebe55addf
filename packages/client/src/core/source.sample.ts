/** A world for tests of the engine: a clock that is set, and a server whose refresh tokens work once. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { type ManualClock, manualClock } from '../testing/manual-clock.ts';
import { createTokenSource } from './create.ts';
import { isTokenError, TokenError, type TokenErrorCode } from './errors.ts';
import type { TokenEvent } from './events.ts';
import type { Lock } from './lock.ts';
import { memoryStore } from './memory-store.ts';
import type { Policy } from './policy.ts';
import { processLock } from './process-lock.ts';
import type { Grant, Provider, ProviderContext } from './provider.ts';
import type { TokenSource } from './token-source.ts';
import type { TokenStore } from './token-store.ts';

export interface ServerOptions {
  readonly lifetimeMs?: number | undefined;
  readonly traits?: Partial<Provider['traits']>;
  /** Without: the engine calls `acquire` each time. */
  readonly refreshes?: boolean;
}

/** What the next exchange does in place of answering. */
type Fault = (context: ProviderContext) => Promise<void> | void;

export class SampleServer {
  readonly provider: Provider;
  readonly calls: string[] = [];
  readonly revoked: string[] = [];
  readonly idempotencyKeys: string[] = [];
  /** For the next exchanges, in order: before the server acts. */
  faults: Fault[] = [];
  /** For the next exchanges, in order: after the server acted, so that its answer is lost. */
  losses: Fault[] = [];
  lifetimeMs: number | undefined;
  #number = 0;
  #refreshToken = '';

  constructor({ lifetimeMs = 3_600_000, traits = {}, refreshes = true }: ServerOptions = {}) {
    this.lifetimeMs = lifetimeMs;
    const exchange = async (call: string, context: ProviderContext, act: () => Grant): Promise<Grant> => {
      this.calls.push(call);
      this.idempotencyKeys.push(context.idempotencyKey);
      await setImmediate();
      await this.faults.shift()?.(context);
      const grant = act();
      await this.losses.shift()?.(context);
      return grant;
    };
    this.provider = {
      id: 'sample',
      kind: 'rotating',
      traits: { rotates: 'yes', ...traits },
      key: () => 'sample:alice',
      acquire: (context) => exchange('acquire', context, () => this.issue()),
      ...(refreshes && {
        refresh: (previous: Grant, context: ProviderContext) =>
          exchange('refresh', context, () => {
            if (previous.refreshToken !== this.#refreshToken) {
              this.#refreshToken = '';
              throw new TokenError({ code: 'invalid_grant', message: 'spent' });
            }
            return this.issue();
          }),
      }),
      revoke: async (grant) => {
        this.revoked.push(grant.token.token);
      },
    };
  }

  issue(): Grant {
    this.#number += 1;
    this.#refreshToken = `refresh-token-number-${this.#number}`;
    const lifetime = this.lifetimeMs === undefined ? {} : { lifetimeMs: this.lifetimeMs };
    return { token: { token: `access-token-number-${this.#number}`, ...lifetime }, refreshToken: this.#refreshToken };
  }

  /** The session ends at the server. */
  end(): void {
    this.#refreshToken = '';
  }
}

export interface World {
  readonly server: SampleServer;
  readonly clock: ManualClock;
  readonly store: TokenStore;
  readonly events: TokenEvent[];
  readonly source: TokenSource;
  /** Another process: its own memory and lock over the same store. */
  another(policy?: Partial<Policy>): TokenSource;
}

export interface WorldOptions extends ServerOptions {
  readonly policy?: Partial<Policy>;
  readonly store?: TokenStore;
  readonly lock?: Lock;
  /** The source has no store, and keeps its grant by itself. */
  readonly isAlone?: boolean;
}

export function world({ policy = {}, store = memoryStore(), ...options }: WorldOptions = {}): World {
  const server = new SampleServer(options);
  const clock = manualClock();
  const { lock = processLock(clock) } = options;
  const events: TokenEvent[] = [];
  const { provider } = server;
  const onEvent = (event: TokenEvent): number => events.push(event);
  const create = (own: Partial<Policy>): TokenSource =>
    createTokenSource({
      provider,
      ...(!options.isAlone && { store, lock }),
      clock,
      policy: { jitterShare: 0, ...own },
      onEvent,
    });
  return { server, clock, store, events, source: create(policy), another: (own = policy) => create(own) };
}

/** What holds for a source that is alone as well as for one with a store. */
export function rule(name: string, check: (open: typeof world) => Promise<void>): void {
  test(name, () => check(world));
  test(`${name}, also without a store`, () => check((options) => world({ ...options, isAlone: true })));
}

export const refusedWith =
  (code: TokenErrorCode) =>
  (error: unknown): boolean => {
    assert.ok(isTokenError(error), String(error));
    assert.equal(error.code, code);
    return true;
  };

export const fails =
  (code: TokenErrorCode, facts: Partial<ConstructorParameters<typeof TokenError>[0]> = {}): Fault =>
  () => {
    throw new TokenError({ code, message: 'as the test wants', ...facts });
  };
