/// <reference lib="esnext.disposable" preserve="true" />
/** A profile with everything wired: what every command works with that needs a token. */

import { hostname } from 'node:os';
import type { Authorize } from '../core/authorize.ts';
import { createTokenSource } from '../core/create.ts';
import type { TokenEvent } from '../core/events.ts';
import type { FetchLike } from '../core/platform.ts';
import type { PolicyOptions } from '../core/policy.ts';
import type { Provider } from '../core/provider.ts';
import type { TokenSource } from '../core/token-source.ts';
import type { ClientIo } from './io.ts';
import { findProfile } from './profiles/find-profile.ts';
import { openProvider } from './profiles/open-provider.ts';
import { preparedSource } from './profiles/prepared-source.ts';
import type { Profile } from './profiles/profile.ts';
import { openStorage, type Storage } from './profiles/storage.ts';
import { type StoredSecrets, storedSecrets } from './profiles/stored-secrets.ts';

export interface OpenProfile {
  readonly name: string;
  readonly profile: Profile;
  readonly provider: Provider;
  /** Rejects with `TokenError`: `tokenFailure(error, name)` says what it means. */
  readonly source: TokenSource;
  readonly storage: Storage;
  readonly secrets: StoredSecrets;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface OpenOptions {
  /** Brings a person to the login and back. Default: nobody is asked. */
  readonly authorize?: Authorize | undefined;
  /** Where they come back to. Default: the profile's. */
  readonly redirectUri?: string | undefined;
  /** Secrets that a person has just typed, by option: used in place of the stored ones, which stay as they are. */
  readonly typed?: Readonly<Record<string, string>> | undefined;
  readonly policy?: PolicyOptions | undefined;
  /** Default: the platform's. */
  readonly fetch?: FetchLike | undefined;
  readonly onEvent?: ((event: TokenEvent) => unknown) | undefined;
}

/**
 * Reads the profile, opens its storage, and makes its token source. Nothing is asked of the server, and no secret is looked for,
 * until a token is needed that is not at hand.
 *
 * @example await using logs = await openProfile(io, 'logs'); const token = await logs.source.getToken();
 * @throws {CliError} where there is no such profile, or it is wrong.
 * @throws {TokenError} where its storage or its options do not work here.
 */
export async function openProfile(io: ClientIo, name: string, options: OpenOptions = {}): Promise<OpenProfile> {
  return openThis(io, name, await findProfile(io, name), options);
}

/** As `openProfile`, of a profile that need not be in the file. */
export async function openThis(
  io: ClientIo,
  name: string,
  profile: Profile,
  { authorize, redirectUri, typed = {}, policy, fetch, onEvent }: OpenOptions = {},
): Promise<OpenProfile> {
  const storage = await openStorage(profile.storage, io.env);
  const secrets = storedSecrets(storage.store, name, Date.now);
  const stored = { ...secrets, read: async (option: string) => typed[option] ?? secrets.read(option) };
  const places = { env: io.env, stored };
  const { provider, prepare } = await openProvider(profile, places, { name, env: io.env, redirectUri, authorize });
  const source = createTokenSource({
    provider,
    store: storage.store,
    lock: storage.lock,
    // A command ends: what could not be kept would be lost with it.
    policy: { onPersistFailure: 'throw', ...policy },
    fetch,
    onEvent,
    writer: `${hostname()}:${process.pid}`,
  });
  return {
    name,
    profile,
    provider,
    source: preparedSource(source, prepare),
    storage,
    secrets,
    [Symbol.asyncDispose]: () => source.close(),
  };
}
