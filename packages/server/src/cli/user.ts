/** `hufu user`: the people and machines of a tenant, and what each may do. */

import type { Command } from 'commander';
import { type AdminClient, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { show } from './output.ts';
import { readPolicy } from './policy-input.ts';
import { type PageOptions, showOne, showRows, withPaging } from './rows.ts';

interface UserOptions extends AdminOptions {
  readonly tenant?: string;
}

const columns = ['tenant', 'id', 'name', 'status', 'createdAt'] as const;
const members = [...columns, 'policy'] as const;

const tenantOption = ['--tenant <id>', 'default: the only tenant'] as const;
const policyHelp = 'RAM policy document: a file, - for standard input, or JSON';

export function registerUser(program: Command, io: Io): void {
  const user = program.command('user').description('users of a tenant and their policies');

  adminCommand(user, 'create', 'creates a user')
    .requiredOption('--name <name>', 'name for people')
    .option('--id <id>', 'default: 18 digits')
    .option(...tenantOption)
    .option('--policy <policy>', `${policyHelp}; without one, the user may do nothing`)
    .action(async (options: UserOptions & { name: string; id?: string; policy?: string }) => {
      const policy = options.policy === undefined ? undefined : await readPolicy(io, options.policy);
      await withAdmin(io, options, async (client) => {
        const tenant = await tenantOrOnly(client, options.tenant);
        const created = await client.post('/users', { tenant, name: options.name, id: options.id, policy });
        showOne(io, options.json, created, members);
      });
    });

  withPaging(adminCommand(user, 'list', 'lists users'))
    .option('--tenant <id>', 'users of this tenant only')
    .action((options: UserOptions & PageOptions) =>
      withAdmin(io, options, async (client) => {
        const { tenant, limit, after } = options;
        showRows(io, options.json, await client.get('/users', { tenant, limit, after }), columns);
      }),
    );

  adminCommand(user, 'policy', "shows a user's policy, or sets it")
    .argument('<id>')
    .option(...tenantOption)
    .option('--set <policy>', policyHelp)
    .action(async (id: string, options: UserOptions & { set?: string }) => {
      const policy = options.set === undefined ? undefined : await readPolicy(io, options.set);
      await withAdmin(io, options, async (client) => {
        const path = await pathOf(client, id, options);
        const found = policy === undefined ? await client.get(path) : await client.patch(path, { policy });
        show(io, options.json, found, () => JSON.stringify(found.policy, undefined, 2));
      });
    });

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    adminCommand(user, verb, `${verb}s a user, and with it every access key of it`)
      .argument('<id>')
      .option(...tenantOption)
      .action((id: string, options: UserOptions) =>
        withAdmin(io, options, async (client) => {
          showOne(io, options.json, await client.patch(await pathOf(client, id, options), { status }), members);
        }),
      );
  }
}

const pathOf = async (client: AdminClient, id: string, { tenant }: UserOptions): Promise<string> =>
  `/users/${segment(await tenantOrOnly(client, tenant))}/${segment(id)}`;
