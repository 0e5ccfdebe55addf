/** `hufu user`: the people and machines of a tenant, and what each may do. */

import { show, usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type AdminClient, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import { readPolicy } from './input.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { readPassword } from './password-input.ts';
import { type PageOptions, showDeleted, showOne, showRows, withPaging } from './rows.ts';
import { policyHelp, type UserFields, userBodyOf, withUserFields } from './user-options.ts';

interface UserOptions extends AdminOptions {
  readonly tenant?: string;
}

const columns = ['tenant', 'id', 'name', 'loginName', 'role', 'status', 'createdAt'] as const;
const members = [...columns, 'hasPassword', 'firstLoginAt', 'profile', 'policy'] as const;

const tenantOption = ['--tenant <id>', 'default: the only tenant'] as const;

export function registerUser(program: Command, io: Io): void {
  const user = program.command('user').description('users of a tenant, their passwords and policies');
  registerCreate(user, io);
  registerLooks(user, io);
  registerChanges(user, io);
  registerPolicy(user, io);
}

function registerCreate(user: Command, io: Io): void {
  withUserFields(adminCommand(user, 'create', 'creates a user; without a policy, it may do nothing'))
    .requiredOption('--name <name>', 'name for people')
    .option('--id <id>', 'default: 18 digits')
    .option(...tenantOption)
    .action(async (options: UserOptions & UserFields & { id?: string }) => {
      const body = await userBodyOf(io, options);
      await withAdmin(io, options, async (client) => {
        const tenant = await tenantOrOnly(client, options.tenant);
        showOne(io, options.json, await client.post('/users', { tenant, id: options.id, ...body }), members);
      });
    });
}

function registerLooks(user: Command, io: Io): void {
  withPaging(adminCommand(user, 'list', 'lists users'))
    .option('--tenant <id>', 'users of this tenant only')
    .action((options: UserOptions & PageOptions) =>
      withAdmin(io, options, async (client) => {
        const { tenant, limit, after } = options;
        showRows(io, options.json, await client.get('/users', { tenant, limit, after }), columns);
      }),
    );

  ofOne(user, 'show', 'shows a user').action((id: string, options: UserOptions) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.get(await pathOf(client, id, options)), members);
    }),
  );
}

function registerChanges(user: Command, io: Io): void {
  const change = (id: string, options: UserOptions, body: Readonly<Record<string, unknown>>) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.patch(await pathOf(client, id, options), body), members);
    });

  withUserFields(ofOne(user, 'update', 'changes a user: what is named takes the place of what was there'))
    .option('--name <name>', 'name for people')
    .action(async (id: string, options: UserOptions & UserFields) => {
      const body = await userBodyOf(io, options);
      if (Object.keys(body).length === 0) throw usageError('name what is to change');
      await change(id, options, body);
    });

  ofOne(user, 'password', 'sets a password: asks for it, or reads it from standard input').action(
    async (id: string, options: UserOptions) => change(id, options, { password: await readPassword(io) }),
  );

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    ofOne(user, verb, `${verb}s a user, and with it every access key of it`).action(
      (id: string, options: UserOptions) => change(id, options, { status }),
    );
  }

  ofOne(user, 'delete', 'deletes a user with its access keys, and ends every session of it').action(
    (id: string, options: UserOptions) =>
      withAdmin(io, options, async (client) => {
        showDeleted(io, options.json, await client.delete(await pathOf(client, id, options)));
      }),
  );
}

function registerPolicy(user: Command, io: Io): void {
  ofOne(user, 'policy', "shows a user's policy, or sets it")
    .option('--set <policy>', policyHelp)
    .action(async (id: string, options: UserOptions & { set?: string }) => {
      const policy = options.set === undefined ? undefined : await readPolicy(io, options.set);
      await withAdmin(io, options, async (client) => {
        const path = await pathOf(client, id, options);
        const found = policy === undefined ? await client.get(path) : await client.patch(path, { policy });
        show(io, options.json, found, () => JSON.stringify(found.policy, undefined, 2));
      });
    });
}

const ofOne = (user: Command, name: string, description: string): Command =>
  adminCommand(user, name, description)
    .argument('<id>')
    .option(...tenantOption);

const pathOf = async (client: AdminClient, id: string, { tenant }: UserOptions): Promise<string> =>
  `/users/${segment(await tenantOrOnly(client, tenant))}/${segment(id)}`;
