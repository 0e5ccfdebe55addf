/**
 * Use case: somebody types a name and a password. Every attempt is counted before the password is looked at, and what is
 * wrong is told to nobody outside: an unknown name takes as long, and is answered alike.
 */

import { loginDialect } from '../core/browser-session.ts';
import type { User } from '../core/directory.ts';
import type { LoginPolicy } from '../core/login-attempts.ts';
import { networkOf } from '../core/network.ts';
import { accept, type Decision, type Reason, refuseRecorded } from '../core/reasons.ts';
import {
  type BrowserSession,
  type BrowserSessionParts,
  endBrowserSession,
  type OpenedBrowserSession,
  openBrowserSession,
} from './browser-session.ts';
import type { RequestContext } from './context.ts';
import type { AuditStore, DirectoryStore, LoginStore, Passwords, Sealing } from './ports.ts';

export interface LogInOptions {
  readonly sessionLifetimeSeconds: number;
  /** For each name that is tried, whether there is such a user or not. */
  readonly names: LoginPolicy;
  /** For each network that tries, whatever names. */
  readonly addresses: LoginPolicy;
}

export interface LogInParts extends BrowserSessionParts {
  readonly store: BrowserSessionParts['store'] &
    Pick<DirectoryStore, 'findUser' | 'findUserByLogin'> &
    Pick<LoginStore, 'countAttempt' | 'forgetAttempts'> &
    Pick<AuditStore, 'appendAudit'>;
  readonly passwords: Pick<Passwords, 'verify'>;
  readonly sealing: Pick<Sealing, 'keyedHash'>;
  readonly options: LogInOptions;
  readonly background: (work: Promise<unknown>) => void;
}

export interface LogInAsk {
  readonly tenant: string;
  /** The login name, or the id, as it was typed. */
  readonly name: string;
  readonly password: string;
  /** What this browser was signed in as until now: it ends. */
  readonly replaced: BrowserSession | undefined;
}

const operation = 'LogIn';

export async function logIn(
  parts: LogInParts,
  ask: LogInAsk,
  context: RequestContext,
): Promise<Decision<OpenedBrowserSession>> {
  const { tenant } = ask;
  const name = typedName(ask.name);
  const keys = attemptKeys(parts.sealing, tenant, name, context.remote);
  const blocked = await countAttempt(parts, tenant, keys, context.nowMs);
  if (blocked) {
    const detail = `${blocked.counted} ${blocked.isLocked ? 'locked' : 'slowed down'}`;
    return refuseLogin(parts, tenant, undefined, blocked.reason, context, detail);
  }

  const user = await findByName(parts.store, tenant, name);
  const isRight = await parts.passwords.verify(ask.password, user?.passwordHash);
  if (user === undefined) return refuseLogin(parts, tenant, undefined, { code: 'user_unknown', tenant }, context);
  if (!isRight) return refuseLogin(parts, tenant, user, { code: 'password_wrong', tenant }, context);
  const { mayAct } = await parts.people.standing({ tenant, subject: user.id, clientId: undefined });
  if (!mayAct) return refuseLogin(parts, tenant, user, { code: 'account_disabled', tenant }, context);

  const [opened] = await Promise.all([
    openBrowserSession(parts, user, parts.options.sessionLifetimeSeconds, operation, context),
    parts.store.forgetAttempts(keys.name),
    parts.store.forgetAttempts(keys.network),
  ]);
  if (ask.replaced) await endBrowserSession(parts, ask.replaced, operation, context);
  return accept(opened);
}

/** Keyboards add blanks, and send one name in several Unicode spellings. */
const typedName = (name: string): string => name.normalize('NFC').trim();

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
  { store, options }: Pick<LogInParts, 'store' | 'options'>,
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

/** Both are always looked up, so that the time tells nothing of which it was. */
async function findByName(
  store: Pick<DirectoryStore, 'findUser' | 'findUserByLogin'>,
  tenant: string,
  name: string,
): Promise<User | undefined> {
  const [byLogin, byId] = await Promise.all([store.findUserByLogin(tenant, name), store.findUser(tenant, name)]);
  return byLogin ?? byId;
}

/** What was typed is not kept: the user's id stands for it, where there is such a user. */
function refuseLogin(
  parts: Pick<LogInParts, 'store' | 'background'>,
  tenant: string,
  user: User | undefined,
  reason: Reason,
  { nowMs, requestId, remote }: RequestContext,
  detail?: string,
): Decision<never> {
  const subject = user?.id;
  const event = { requestId, remote, dialect: loginDialect, operation, tenant, subject, reason: reason.code, detail };
  parts.background(parts.store.appendAudit({ atMs: nowMs, type: 'login.refused', ...event }));
  return refuseRecorded(reason);
}
