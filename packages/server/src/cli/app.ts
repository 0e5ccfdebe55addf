/** `hufu app`: applications that authenticate with a secret, such as resource servers that introspect. */

import { type Command, InvalidArgumentError } from 'commander';
import { segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { note } from './output.ts';
import { type PageOptions, showOne, showRows, withPaging } from './rows.ts';

interface CreateOptions extends AdminOptions {
  readonly name: string;
  readonly tenant: string;
  readonly id?: string;
  readonly may: readonly string[];
}

const members = ['id', 'tenant', 'name', 'status', 'permissions', 'createdAt'] as const;
const permissions = ['introspect', 'revoke'];

export function registerApp(program: Command, io: Io): void {
  const app = program.command('app').description('applications that authenticate with a secret');

  adminCommand(app, 'create', 'creates an application; its secret is shown this once')
    .requiredOption('--name <name>', 'name for people')
    .option('--tenant <id>', 'tenant whose tokens it may ask about; * for every tenant', '*')
    .option('--id <id>', 'default: app- and 20 of A-Z0-9')
    .option('--may <permissions>', `what it may do, of ${permissions.join(',')}`, readPermissions, ['introspect'])
    .action((options: CreateOptions) =>
      withAdmin(io, options, async (client) => {
        const { name, tenant, id, may } = options;
        const created = await client.post('/clients', { name, tenant, id, permissions: may });
        showOne(io, options.json, created, ['id', 'secret', 'tenant', 'permissions']);
        if (!options.json) note(io, 'The secret is not shown again.');
      }),
    );

  withPaging(adminCommand(app, 'list', 'lists applications, without their secrets'))
    .option('--tenant <id>', 'applications of this tenant only')
    .action((options: AdminOptions & PageOptions & { tenant?: string }) =>
      withAdmin(io, options, async (client) => {
        const { tenant, limit, after } = options;
        showRows(io, options.json, await client.get('/clients', { tenant, limit, after }), members);
      }),
    );

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    adminCommand(app, verb, `${verb}s an application`)
      .argument('<id>')
      .action((id: string, options: AdminOptions) =>
        withAdmin(io, options, async (client) => {
          showOne(io, options.json, await client.patch(`/clients/${segment(id)}`, { status }), members);
        }),
      );
  }
}

function readPermissions(text: string): string[] {
  const named = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  if (named.every((word) => permissions.includes(word))) return [...new Set(named)];
  throw new InvalidArgumentError(`allowed: ${permissions.join(', ')}, separated by commas`);
}
