/** Everything that has to hold before a profile gives a token, in the order in which it is needed. */

import { keychainWorks } from '../../stores/keychain/index.ts';
import type { ClientIo } from '../io.ts';
import { type OpenProfile, openThis } from '../open-profile.ts';
import { endpointsOf } from '../profiles/endpoints.ts';
import { findProfile } from '../profiles/find-profile.ts';
import type { Profile } from '../profiles/profile.ts';
import { storageNotice } from '../profiles/storage.ts';
import { type Check, failed, messageOf, ok, skipped, warning } from '../terminal/check.ts';
import { checkLock } from './lock.ts';
import { checkProxy } from './proxy.ts';
import { checkReach } from './reach.ts';
import { checkRecord } from './record.ts';
import { checkSecrets } from './secrets.ts';
import { checkToken } from './token.ts';

export interface ExamineOptions {
  /** Refresh what is kept, though that may spend a refresh token. */
  readonly refresh: boolean;
  /** Longest wait of each step on the network. */
  readonly timeoutMs?: number | undefined;
}

/** Changes nothing, unless it is told to refresh. Never throws for what it is there to find. */
export async function examine(io: ClientIo, name: string, options: ExamineOptions): Promise<readonly Check[]> {
  let profile: Profile;
  try {
    profile = await findProfile(io, name);
  } catch (error) {
    return [failed('profile', messageOf(error).replaceAll('\n', '; '))];
  }
  const checks = [ok('profile', `${name}: ${profile.provider}, ${profile.grant}`)];
  try {
    await using open = await openThis(io, name, profile, { policy: { retries: 0 } });
    return [...checks, ...(await examineOpen(io, open, options))];
  } catch (error) {
    return [...checks, failed('options', messageOf(error))];
  }
}

async function examineOpen(io: ClientIo, open: OpenProfile, { refresh, timeoutMs }: ExamineOptions): Promise<Check[]> {
  const { name, profile } = open;
  const login = `log in: ${io.program} login ${name}`;
  const secrets = await checkSecrets(profile, { env: io.env, stored: open.secrets });
  const kept = await checkKept(io, open, login);
  const reach: Check[] = [];
  for (const endpoint of endpointsOf(profile, secrets.options)) reach.push(...(await checkReach(endpoint, timeoutMs)));
  const storage = await checkStorage(io, open);
  const checks = [storage, secrets.check, ...kept, ...checkProxy(io.env), ...reach];
  // Each of these says more than the failure that follows from it. A grant that is over is no reason where another can be made.
  const isNoReason = new Set(open.provider.traits.interactive ? ['clock'] : ['clock', 'grant']);
  const stops = [storage, secrets.check, ...kept, ...reach];
  if (stops.some(({ state, name: of }) => state === 'failed' && !isNoReason.has(of)))
    return [...checks, skipped('token', 'not asked for: what failed above comes first')];
  const doctorRefresh = `${io.program} doctor ${name} --refresh`;
  return [...checks, await checkToken({ open, refresh, login, doctorRefresh })];
}

async function checkStorage(io: ClientIo, { name, storage }: OpenProfile): Promise<Check> {
  if (storage.name === 'keychain' && !(await keychainWorks())) {
    const other = `keep the tokens elsewhere: ${io.program} profile set ${name} --storage file`;
    return failed('storage', `no keychain of the operating system can be used here: unlock it, or ${other}`);
  }
  const notice = storageNotice(storage);
  if (notice !== undefined) return warning('storage', notice);
  return ok('storage', storage.folder === undefined ? storage.name : `${storage.name}, in ${storage.folder}`);
}

async function checkKept(io: ClientIo, { name, provider, storage }: OpenProfile, login: string): Promise<Check[]> {
  let key: string;
  try {
    key = await provider.key();
  } catch (error) {
    // It needs the id of the AccessKey, where the profile leaves that to the machine.
    return [failed('credentials', messageOf(error))];
  }
  try {
    const nowMs = Date.now();
    const record = await storage.store.read(key);
    const isInteractive = provider.traits.interactive === true;
    const refresh = `to ask now: ${io.program} refresh ${name}`;
    const checks = checkRecord({ record, isInteractive, nowMs, login, refresh });
    return storage.folder === undefined ? checks : [...checks, await checkLock(storage.folder, key, nowMs)];
  } catch (error) {
    return [failed('store', messageOf(error))];
  }
}
