/**
 * Checks a name and a password. Every attempt is counted before the password is looked at, and what is wrong is told to
 * nobody outside: an unknown name takes as long, and is answered alike.
 */

import type { User } from '../core/directory.ts';
import type { LoginPolicy } from '../core/login-attempts.ts';
import { networkOf } from '../core/network.ts';
import { accept, type Decision, type Reason, refuseRecorded } from '../core/reasons.ts';
import type { RequestContext } from './context.ts';
import type { People } from './people.ts';
import type { AuditStore, DirectoryStore, LoginStore, Passwords, Sealing } from './ports.ts';

export interface AttemptPolicies {
  /** For each name that is tried, whether there is such a user or not. */
  readonly names: LoginPolicy;
  /** For each network that tries, whatever names. */
  readonly addresses: LoginPolicy;
}

export interface PasswordCheck {
  readonly store: Pick<DirectoryStore, 'findUser' | 'findUserByLogin'> &
    Pick<LoginStore, 'countAttempt' | 'forgetAttempts'> &
    Pick<AuditStore, 'appendAudit'>;
  readonly people: Pick<People, 'standing'>;
  readonly passwords: Pick<Passwords, 'verify'>;
  readonly sealing: Pick<Sealing, 'keyedHash'>;
  readonly options: AttemptPolicies;
  readonly background: (work: Promise<unknown>) => void;
}

export interface PasswordAsk {
  /** Whose users are meant; `undefined` where that is not known, which is refused as late as a wrong password. */
  readonly tenant: string | undefined;
  /** The login name, or the id, as it was typed. */
  readonly name: string;
  readonly password: string;
  /** Application that the user logs in by, where there is one. */
  readonly clientId: string | undefined;
  /** For the audit log, with `operation`. */
  readonly dialect: string;
  readonly operation: string;
}

/** Every refusal is in the audit log when this settles, or on its way there. */
export async function authenticatePassword(
  check: PasswordCheck,
  ask: PasswordAsk,
  context: RequestContext,
): Promise<Decision<User>> {
  const { tenant = '', clientId = '' } = ask;
  const name = typedName(ask.name);
  const keys = attemptKeys(check.sealing, tenant, name, context.remote);
  const blocked = await countAttempt(check, tenant, keys, context.nowMs);
  if (blocked) {
    const detail = `${blocked.counted} ${blocked.isLocked ? 'locked' : 'slowed down'}`;
    return refuseLogin(check, ask, undefined, blocked.reason, context, detail);
  }

  const user = await findByName(check.store, tenant, name);
  const isRight = await check.passwords.verify(ask.password, user?.passwordHash);
  const refused = (reason: Reason) => refuseLogin(check, ask, user, reason, context);
  if (ask.tenant === undefined) return refused({ code: 'client_unknown', clientId });
  if (user === undefined) return refused({ code: 'user_unknown', tenant });
  if (!isRight) return refused({ code: 'password_wrong', tenant });
  const { mayAct } = await check.people.standing({ tenant, subject: user.id, clientId: ask.clientId });
  if (!mayAct) return refused({ code: 'account_disabled', tenant });
  await Promise.all([check.store.forgetAttempts(keys.name), check.store.forgetAttempts(keys.network)]);
  return accept(user);
}

/** Keyboards add blanks, and send one name in several Unicode spellings. */
export const typedName = (name: string): string => name.normalize('NFC').trim();

interface AttemptKeys {
  readonly name: string;
  readonly network: string;
}

/**
 * Keyed hashes: people type their password into the wrong field, and a table of attempts must not be a table of those.
 * Spellings that differ in case count as one name, whatever a store makes of them.
 */
function attemptKeys(sealing: Pick<Sealing, 'keyedHash'>, tenant: string, name: string, remote: string): AttemptKeys {
  const hash = (...what: readonly string[]): string => sealing.keyedHash(JSON.stringify(what), 'login_attempts');
  return {
    name: hash('name', tenant, name.normalize('NFKC').toLowerCase()),
    network: hash('network', networkOf(remote)),
  };
}

interface Blocked {
  readonly reason: Extract<Reason, { readonly code: 'login_blocked' }>;
  readonly counted: keyof AttemptKeys;
  readonly isLocked: boolean;
}

/** The network first: one that is blocked locks no further names. */
async function countAttempt(
  { store, options }: Pick<PasswordCheck, 'store' | 'options'>,
  tenant: string,
  keys: AttemptKeys,
  nowMs: number,
): Promise<Blocked | undefined> {
  const network = await store.countAttempt(keys.network, options.addresses, nowMs);
  if (network.do === 'refuse') {
    const { retryAtMs, isLocked } = network;
    // To the user it is no lock: their name is as good as before, elsewhere.
    return { reason: { code: 'login_blocked', tenant, retryAtMs, isLocked: false }, counted: 'network', isLocked };
  }
  const name = await store.countAttempt(keys.name, options.names, nowMs);
  if (name.do === 'try') return undefined;
  const { retryAtMs, isLocked } = name;
  return { reason: { code: 'login_blocked', tenant, retryAtMs, isLocked }, counted: 'name', isLocked };
}

/** Both are always looked up, so that the time tells nothing of which it was. @param name of `typedName`. */
export async function findByName(
  store: Pick<DirectoryStore, 'findUser' | 'findUserByLogin'>,
  tenant: string,
  name: string,
): Promise<User | undefined> {
  const [byLogin, byId] = await Promise.all([store.findUserByLogin(tenant, name), store.findUser(tenant, name)]);
  return byLogin ?? byId;
}

/** What was typed is not kept: the user's id stands for it, where there is such a user. */
function refuseLogin(
  { store, background }: Pick<PasswordCheck, 'store' | 'background'>,
  { tenant, clientId: actor, dialect, operation }: PasswordAsk,
  user: User | undefined,
  reason: Reason,
  { nowMs, requestId, remote }: RequestContext,
  detail?: string,
): Decision<never> {
  const subject = user?.id;
  const event = { requestId, remote, dialect, operation, tenant, actor, subject, reason: reason.code, detail };
  background(store.appendAudit({ atMs: nowMs, type: 'login.refused', ...event }));
  return refuseRecorded(reason);
}
