/** What `hufu user create` and `hufu user update` take, and the body that they make of it. */

import { usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { readJson, readPolicy } from './input.ts';
import type { Io } from './io.ts';
import { readPassword } from './password-input.ts';

export interface UserFields {
  readonly name?: string;
  readonly policy?: string;
  readonly login?: string;
  readonly password?: boolean;
  readonly role?: string;
  readonly nickName?: string;
  readonly avatar?: string;
  readonly drive?: string;
  readonly sandboxDrive?: string;
  readonly userData?: string;
}

export const policyHelp = 'RAM policy document: a file, - for standard input, or JSON';

export const withUserFields = (command: Command): Command =>
  command
    .option('--login <name>', 'what the user types to log in')
    .option('--password', 'asks for a password; without a terminal, reads it from standard input')
    .option('--role <role>', 'such as user, admin or superadmin')
    .option('--policy <policy>', policyHelp)
    .option('--nick-name <name>', 'in token answers of PDS, as all that follow')
    .option('--avatar <url>', 'picture')
    .option('--drive <id>', 'default drive')
    .option('--sandbox-drive <id>', 'default sandbox drive')
    .option('--user-data <json>', "the user's own JSON object: a file, - for standard input, or JSON");

/** Members that nobody named are absent. */
export async function userBodyOf(io: Io, options: UserFields): Promise<Record<string, unknown>> {
  const { name, policy, login: loginName, password, role, userData } = options;
  const readers = [policy === '-', userData === '-', password === true && io.askHidden === undefined];
  if (readers.filter(Boolean).length > 1) throw usageError('standard input can be read for one option only');
  const profile = withoutAbsent({
    nickName: options.nickName,
    avatar: options.avatar,
    driveId: options.drive,
    sandboxDriveId: options.sandboxDrive,
    userData: userData === undefined ? undefined : await readJson(io, userData, 'user data'),
  });
  return withoutAbsent({
    name,
    loginName,
    role,
    policy: policy === undefined ? undefined : await readPolicy(io, policy),
    profile: Object.keys(profile).length === 0 ? undefined : profile,
    password: password ? await readPassword(io) : undefined,
  });
}

const withoutAbsent = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
