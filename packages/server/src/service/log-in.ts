/** Use case: somebody types a name and a password at the login page, and their browser is signed in. */

import { loginDialect } from '../core/browser-session.ts';
import { accept, type Decision } from '../core/reasons.ts';
import { type AttemptPolicies, authenticatePassword, type PasswordCheck } from './authenticate-password.ts';
import {
  type BrowserSession,
  type BrowserSessionParts,
  endBrowserSession,
  type OpenedBrowserSession,
  openBrowserSession,
} from './browser-session.ts';
import type { RequestContext } from './context.ts';

export interface LogInOptions extends AttemptPolicies {
  readonly sessionLifetimeSeconds: number;
}

export interface LogInParts extends BrowserSessionParts, Omit<PasswordCheck, 'store' | 'people' | 'options'> {
  readonly store: BrowserSessionParts['store'] & PasswordCheck['store'];
  readonly options: LogInOptions;
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
  { replaced, ...ask }: LogInAsk,
  context: RequestContext,
): Promise<Decision<OpenedBrowserSession>> {
  const frame = { clientId: undefined, dialect: loginDialect, operation };
  const authenticated = await authenticatePassword(parts, { ...ask, ...frame }, context);
  if (!authenticated.ok) return authenticated;
  const { sessionLifetimeSeconds } = parts.options;
  const opened = await openBrowserSession(parts, authenticated.value, sessionLifetimeSeconds, operation, context);
  if (replaced) await endBrowserSession(parts, replaced, operation, context);
  return accept(opened);
}
