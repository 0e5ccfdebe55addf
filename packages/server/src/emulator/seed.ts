/** Puts the demo data into the store. What is there already stays as the tester left it. */

import type { PermissionPolicy } from '../core/permission.ts';
import { addSeconds } from '../core/time.ts';
import { createAccessKey } from '../service/administer-access-keys.ts';
import { createClient } from '../service/administer-clients.ts';
import { createTenant } from '../service/administer-tenants.ts';
import { createUser } from '../service/administer-users.ts';
import type { Administration } from '../service/administration.ts';
import type { RequestContext } from '../service/context.ts';
import { AlreadyExists } from '../service/ports.ts';
import { type Demo, demoTenant, demoUser, deniedUser, temporarySeconds } from './demo.ts';

const ticketPolicy: PermissionPolicy = [
  { effect: 'Allow', actions: ['log:CreateTicket', 'log:RefreshToken'], resources: ['acs:log:*:*:ticket/*'] },
];

export async function seedDemo(administration: Administration, demo: Demo, context: RequestContext): Promise<void> {
  const tenant = demoTenant;
  await ensure(createTenant(administration, { id: tenant, name: 'Demo account' }, context));
  await Promise.all([
    ensure(createUser(administration, { tenant, id: demoUser, name: 'Demo', policy: ticketPolicy }, context)),
    ensure(createUser(administration, { tenant, id: deniedUser, name: 'Denied', policy: [] }, context)),
  ]);
  const key = (userId: string, { accessKeyId: id, accessKeySecret: secret }: Demo['lasting']) =>
    ensure(createAccessKey(administration, { tenant, userId, id, secret }, context));
  const { clientId: id, clientSecret: secret } = demo.resourceServer;
  const client = { tenant, id, secret, name: 'Resource server', permissions: ['introspect', 'revoke'] } as const;
  await Promise.all([
    key(demoUser, demo.lasting),
    key(deniedUser, demo.denied),
    ensure(createClient(administration, client, context)),
  ]);
}

/** A kept folder shows its temporary credentials again as long as they live for this long. */
const leastLeftSeconds = temporarySeconds / 2;

/**
 * Temporary credentials of the demo user: those of an earlier start while they are good for a while, else new ones.
 *
 * @returns the number that they are made from, and their end.
 */
export async function seedTemporary(
  administration: Administration,
  demo: Demo,
  numbers: { readonly earlier: number | undefined; readonly next: number },
  context: RequestContext,
): Promise<{ readonly number: number; readonly expiresAtMs: number }> {
  const { earlier, next } = numbers;
  if (earlier !== undefined) {
    const holder = await administration.store.findAccessKey(demo.temporary(earlier).accessKeyId);
    const expiresAtMs = holder?.accessKey.expiresAtMs ?? 0;
    if (expiresAtMs >= addSeconds(context.nowMs, leastLeftSeconds)) return { number: earlier, expiresAtMs };
  }
  const { accessKeyId: id, accessKeySecret: secret, securityToken } = demo.temporary(next);
  const temporary = { lifetimeSeconds: temporarySeconds, securityToken };
  await createAccessKey(administration, { tenant: demoTenant, userId: demoUser, id, secret, temporary }, context);
  return { number: next, expiresAtMs: addSeconds(context.nowMs, temporarySeconds) };
}

async function ensure(creation: Promise<unknown>): Promise<void> {
  try {
    await creation;
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error;
  }
}
