/** `hufu tenant`: accounts of an Alibaba Cloud kind, domains, customers. */

import type { Command } from 'commander';
import { segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { type PageOptions, showOne, showRows, withPaging } from './rows.ts';

const members = ['id', 'name', 'status', 'createdAt'] as const;

export function registerTenant(program: Command, io: Io): void {
  const tenant = program.command('tenant').description('tenants: accounts, domains, customers');

  adminCommand(tenant, 'create', 'creates a tenant')
    .requiredOption('--name <name>', 'name for people')
    .option('--id <id>', 'default: 16 digits')
    .action((options: AdminOptions & { name: string; id?: string }) =>
      withAdmin(io, options, async (client) => {
        const created = await client.post('/tenants', { name: options.name, id: options.id });
        showOne(io, options.json, created, members);
      }),
    );

  withPaging(adminCommand(tenant, 'list', 'lists tenants')).action((options: AdminOptions & PageOptions) =>
    withAdmin(io, options, async (client) => {
      const { limit, after } = options;
      showRows(io, options.json, await client.get('/tenants', { limit, after }), members);
    }),
  );

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    adminCommand(tenant, verb, `${verb}s a tenant, and with it every access key of it`)
      .argument('<id>')
      .action((id: string, options: AdminOptions) =>
        withAdmin(io, options, async (client) => {
          showOne(io, options.json, await client.patch(`/tenants/${segment(id)}`, { status }), members);
        }),
      );
  }
}
