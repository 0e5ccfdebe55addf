/** Puts the demo data into the store. What is there already stays as the tester left it. */

import { createPublicKey } from 'node:crypto';
import type { PermissionPolicy } from '../core/permission.ts';
import { addSeconds } from '../core/time.ts';
import { createAccessKey } from '../service/administer-access-keys.ts';
import type { NewClient } from '../service/administer-clients.ts';
import { createTenant } from '../service/administer-tenants.ts';
import type { Administration } from '../service/administration.ts';
import { everyTenant } from '../service/authenticate-client.ts';
import type { RequestContext } from '../service/context.ts';
import { type Demo, demoTenant, demoUser, deniedUser, temporarySeconds } from './demo.ts';
import type { PdsDemo } from './demo-pds.ts';
import { ensure, ensureApp, ensureUser } from './ensure.ts';
import { seedScnet } from './seed-scnet.ts';

const ticketPolicy: PermissionPolicy = [
  { effect: 'Allow', actions: ['log:CreateTicket', 'log:RefreshToken'], resources: ['acs:log:*:*:ticket/*'] },
];

export async function seedDemo(administration: Administration, demo: Demo, context: RequestContext): Promise<void> {
  await Promise.all([
    seedAccount(administration, demo, context),
    seedPdsDomain(administration, demo.pds, context),
    seedScnet(administration, demo.scnet, context),
  ]);
}

/** The account of SLS, which OAuth's applications share. */
async function seedAccount(administration: Administration, demo: Demo, context: RequestContext): Promise<void> {
  const tenant = demoTenant;
  await ensure(createTenant(administration, { id: tenant, name: 'Demo account' }, context));
  const { userName: loginName, password } = demo.oauth.user;
  const user = { tenant, id: demoUser, name: 'Demo', policy: ticketPolicy, loginName, password };
  await Promise.all([
    ensureUser(administration, user, context),
    ensureUser(administration, { tenant, id: deniedUser, name: 'Denied', policy: [] }, context),
  ]);
  const key = (userId: string, { accessKeyId: id, accessKeySecret: secret }: Demo['lasting']) =>
    ensure(createAccessKey(administration, { tenant, userId, id, secret }, context));
  const { confidentialClient, publicClient, resourceServer } = demo.oauth;
  const app = (asked: DemoApp & { readonly tenant?: string }) =>
    ensureApp(administration, { tenant, dialect: 'oauth', ...asked }, context);
  await Promise.all([
    key(demoUser, demo.lasting),
    key(deniedUser, demo.denied),
    app({ type: 'web', name: 'Demo web application', ...appOf(confidentialClient) }),
    app({ type: 'native', name: 'Demo native application', ...appOf(publicClient) }),
    // It asks about the tokens of every dialect's demo users.
    app({
      tenant: everyTenant,
      type: 'resource_server',
      name: 'Resource server',
      permissions: ['introspect', 'revoke'],
      ...appOf(resourceServer),
    }),
  ]);
}

async function seedPdsDomain(administration: Administration, demo: PdsDemo, context: RequestContext): Promise<void> {
  const { domainId: tenant, user, jwtApp, webServerApp, nativeApp } = demo;
  if (!administration.clientTypes.some(({ dialect }) => dialect === 'pds')) return;
  await ensure(createTenant(administration, { id: tenant, name: 'Demo domain' }, context));
  const { userId: id, userName: loginName, password } = user;
  const profile = { nickName: 'Demo', driveId: '1' };
  const app = (asked: DemoApp) => ensureApp(administration, { tenant, dialect: 'pds', ...asked }, context);
  const publicKey = createPublicKey(jwtApp.privateKeyPem).export({ type: 'spki', format: 'pem' }).toString();
  await Promise.all([
    ensureUser(administration, { tenant, id, name: loginName, policy: [], loginName, password, profile }, context),
    app({ type: 'JWT', name: 'Demo JWT application', id: jwtApp.clientId, publicKey }),
    app({ type: 'WebServer', name: 'Demo web server application', ...appOf(webServerApp) }),
    app({ type: 'Native', name: 'Demo native application', ...appOf(nativeApp) }),
  ]);
}

type DemoApp = Omit<NewClient, 'tenant' | 'dialect' | 'type'> & { readonly type: string };

const appOf = (app: {
  readonly clientId: string;
  readonly clientSecret?: string;
  readonly redirectUri?: string;
}): Pick<NewClient, 'id' | 'secret' | 'redirectUris'> => ({
  id: app.clientId,
  secret: app.clientSecret,
  redirectUris: app.redirectUri === undefined ? [] : [app.redirectUri],
});

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
