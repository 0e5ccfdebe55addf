/** A user in the words of the admin API. */

import { z } from 'zod';
import type { User, UserProfile } from '../../core/directory.ts';
import { permissionDocument, permissionDocumentShape, policyDocument } from '../../service/permission-document.ts';
import { displayName, identifier, instant, iso, isoOrNull, status, visibleText } from './fields.ts';

/** NIST SP 800-63B-4, section 3.1.1.2 asks for 8 or more, and for at least 64 to be taken. */
export const passwordCharacters = { minimum: 8, maximum: 256 } as const;

const password = z
  .string()
  .min(passwordCharacters.minimum)
  .max(passwordCharacters.maximum)
  .meta({ description: `${passwordCharacters.minimum} to ${passwordCharacters.maximum} characters; never shown` });

/** As the login page reads what is typed: keyboards send one name in several Unicode spellings. */
const loginName = visibleText(128)
  .normalize('NFC')
  .regex(/^\S(?:.*\S)?$/u, 'allowed: no blank at either end')
  .meta({ description: 'What the user types to log in; unique in the tenant' });

const role = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/, 'allowed: 1 to 64 of a-z 0-9 _, beginning with a letter')
  .meta({ description: 'In the word of the dialects, such as user, admin or superadmin' });

/** PDS: user_data is at most 1024 characters. */
const maxUserDataCharacters = 1024;

const userData = z.record(z.string(), z.unknown());

const profileShape = z.object({
  nickName: z.string(),
  avatar: z.string(),
  driveId: z.string(),
  sandboxDriveId: z.string(),
  userData,
});

export const userShape = z
  .object({
    tenant: z.string(),
    id: z.string(),
    name: z.string(),
    status,
    policy: permissionDocumentShape,
    createdAt: instant,
    loginName: z.string().nullable(),
    hasPassword: z.boolean(),
    role: z.string(),
    profile: profileShape,
    firstLoginAt: instant.nullable(),
  })
  .meta({ id: 'User' });

const orEmpty = (maximum: number) =>
  z.union([visibleText(maximum), z.literal('')], `allowed: 0 to ${maximum} visible characters`);

const profile = z
  .strictObject({
    nickName: orEmpty(128),
    avatar: orEmpty(2048).meta({ description: 'URL of a picture' }),
    driveId: orEmpty(64),
    sandboxDriveId: orEmpty(64),
    userData: userData
      .refine(
        (value) => JSON.stringify(value).length <= maxUserDataCharacters,
        `allowed: ${maxUserDataCharacters} characters of JSON or less`,
      )
      .meta({ description: `The user's own JSON object, at most ${maxUserDataCharacters} characters` }),
  })
  .partial()
  .meta({ description: 'What a token answer of PDS tells about the user; members that are absent stay' });

export const newUser = z.strictObject({
  tenant: identifier,
  id: identifier.optional(),
  name: displayName,
  policy: permissionDocument.optional(),
  loginName: loginName.optional(),
  password: password.optional(),
  role: role.optional(),
  profile: profile.optional(),
});

export const userChange = newUser
  .omit({ tenant: true, id: true })
  .partial()
  .extend({ status: status.optional() })
  .refine((body) => Object.keys(body).length > 0, 'allowed: at least one member');

/** What an operator said about a profile, in the words of the use cases. */
export function profileOf(asked: z.output<typeof profile> | undefined): Partial<UserProfile> | undefined {
  if (asked === undefined) return undefined;
  const { userData: data, ...rest } = asked;
  return { ...withoutAbsent(rest), ...(data === undefined ? {} : { data: JSON.stringify(data) }) };
}

/** A member that is there but undefined would take the place of what was there. */
const withoutAbsent = (texts: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter((entry): entry is [string, string] => entry[1] !== undefined));

export const userView = ({ profile, ...user }: User) => ({
  tenant: user.tenant,
  id: user.id,
  name: user.name,
  status: user.status,
  policy: policyDocument(user.policy),
  createdAt: iso(user.createdAtMs),
  loginName: user.loginName ?? null,
  hasPassword: user.passwordHash !== undefined,
  role: user.role,
  profile: profileView(profile),
  firstLoginAt: isoOrNull(user.firstLoginAtMs),
});

const profileView = ({ data, ...profile }: UserProfile) => ({
  nickName: profile.nickName,
  avatar: profile.avatar,
  driveId: profile.driveId,
  sandboxDriveId: profile.sandboxDriveId,
  // Kept as the JSON text of an object: `profileOf` is the only one to write it.
  userData: JSON.parse(data) as Record<string, unknown>,
});
