/** Use cases: an operator creates, enables, disables and lists access keys. A secret is shown once, when it is made. */

import type { AccessKey, Status } from '../core/directory.ts';
import { addSeconds } from '../core/time.ts';
import { findUser } from './administer-users.ts';
import { type Administration, changeEvent, NotFound, withFreshCredentials } from './administration.ts';
import { securityTokenPurpose } from './authenticate-signature.ts';
import type { RequestContext } from './context.ts';
import { accessKeyBinding } from './credentials.ts';
import type { Page, PageAsk } from './ports.ts';
import { alphabets, randomSecret, randomText } from './random-text.ts';

export interface NewAccessKey {
  readonly tenant: string;
  readonly userId: string;
  /** Default: `HUFU` and 20 of A-Z0-9, behind `STS.` for temporary ones. */
  readonly id?: string | undefined;
  /** Default: 256 random bits. Only the emulator names one. */
  readonly secret?: string | undefined;
  /** For credentials that end and come with a security token. */
  readonly temporary?: { readonly lifetimeSeconds: number; readonly securityToken?: string | undefined } | undefined;
}

export interface CreatedAccessKey {
  readonly accessKey: AccessKey;
  readonly secret: string;
  /** `undefined` for lasting keys. */
  readonly securityToken: string | undefined;
}

/** Longest life of temporary credentials: 30 days. */
export const maxTemporarySeconds = 30 * 24 * 60 * 60;

export async function createAccessKey(
  administration: Administration,
  asked: NewAccessKey,
  context: RequestContext,
): Promise<CreatedAccessKey> {
  const { store, sealing, random } = administration;
  const { tenant, userId, temporary } = asked;
  await findUser(administration, tenant, userId);
  const prefix = temporary ? 'STS.HUFU' : 'HUFU';
  const id = asked.id ?? `${prefix}${randomText(random, alphabets.upperDigits, 20)}`;
  const secret = asked.secret ?? randomSecret(random);
  const securityToken = temporary ? (temporary.securityToken ?? randomSecret(random)) : undefined;
  const accessKey: AccessKey = {
    id,
    tenant,
    userId,
    status: 'enabled',
    sealedSecret: sealing.seal(secret, accessKeyBinding(id)),
    securityTokenHash: securityToken === undefined ? undefined : sealing.keyedHash(securityToken, securityTokenPurpose),
    expiresAtMs: temporary ? addSeconds(context.nowMs, temporary.lifetimeSeconds) : undefined,
    createdAtMs: context.nowMs,
  };
  const event = changeEvent('access_key.created', context, { tenant, subject: userId, detail: id });
  await withFreshCredentials(administration, () => store.createAccessKey(accessKey, event));
  return { accessKey, secret, securityToken };
}

export async function setAccessKeyStatus(
  administration: Administration,
  id: string,
  status: Status,
  context: RequestContext,
): Promise<AccessKey> {
  const accessKey = await findAccessKey(administration, id);
  const { tenant, userId } = accessKey;
  const event = changeEvent('access_key.changed', context, { tenant, subject: userId, detail: `${id} ${status}` });
  const set = () => administration.store.setAccessKeyStatus(id, status, event);
  if (!(await withFreshCredentials(administration, set))) throw new NotFound('access key', id);
  return { ...accessKey, status };
}

export async function findAccessKey(administration: Administration, id: string): Promise<AccessKey> {
  const holder = await administration.store.findAccessKey(id);
  if (!holder) throw new NotFound('access key', id);
  return holder.accessKey;
}

export const listAccessKeys = (
  administration: Administration,
  filter: { readonly tenant?: string | undefined; readonly userId?: string | undefined },
  page: PageAsk,
): Promise<Page<AccessKey>> => administration.store.listAccessKeys(filter, page);
