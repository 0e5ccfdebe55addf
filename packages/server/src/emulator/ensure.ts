/** Makes what is not there yet: demo data that a tester changed stay as they are. */

import { createClient, type NewClient } from '../service/administer-clients.ts';
import { createUser, type NewUser } from '../service/administer-users.ts';
import type { Administration } from '../service/administration.ts';
import type { RequestContext } from '../service/context.ts';
import { AlreadyExists } from '../service/ports.ts';

/** @returns whether it was not there before. */
export async function ensure(creation: Promise<unknown>): Promise<boolean> {
  try {
    await creation;
    return true;
  } catch (error) {
    if (error instanceof AlreadyExists) return false;
    throw error;
  }
}

/** Looks first: the hash of a password takes long. @returns whether it was not there before. */
export async function ensureUser(
  administration: Administration,
  user: NewUser & { readonly id: string },
  context: RequestContext,
): Promise<boolean> {
  if (await administration.store.findUser(user.tenant, user.id)) return false;
  return ensure(createUser(administration, user, context));
}

/** An application of a dialect that is not served is left out. */
export async function ensureApp(
  administration: Administration,
  app: NewClient,
  context: RequestContext,
): Promise<void> {
  const isServed = administration.clientTypes.some(({ dialect, name }) => dialect === app.dialect && name === app.type);
  if (isServed) await ensure(createClient(administration, app, context));
}
