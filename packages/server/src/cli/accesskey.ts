/** `hufu accesskey`: AccessKey pairs, lasting or temporary. */

import { note } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, showOne, showRows, whole, withPaging } from './rows.ts';

interface CreateOptions extends AdminOptions {
  readonly user: string;
  readonly tenant?: string;
  readonly id?: string;
  readonly temporary?: number;
}

interface ListOptions extends AdminOptions, PageOptions {
  readonly user?: string;
  readonly tenant?: string;
}

const members = ['id', 'tenant', 'userId', 'status', 'expiresAt', 'createdAt'] as const;
const secrets = ['id', 'secret', 'securityToken'] as const;
const longestTemporarySeconds = 30 * 24 * 60 * 60;

export function registerAccessKey(program: Command, io: Io): void {
  const accessKey = program.command('accesskey').description('access keys of users');

  adminCommand(accessKey, 'create', 'creates an access key; its secret is shown this once')
    .requiredOption('--user <id>', 'user that it belongs to')
    .option('--tenant <id>', 'default: the only tenant')
    .option('--id <id>', 'default: HUFU and 20 of A-Z0-9')
    .option(
      '--temporary <seconds>',
      'makes temporary credentials with a security token',
      whole(1, longestTemporarySeconds),
    )
    .action((options: CreateOptions) =>
      withAdmin(io, options, async (client) => {
        const created = await client.post('/accesskeys', {
          tenant: await tenantOrOnly(client, options.tenant),
          userId: options.user,
          id: options.id,
          temporarySeconds: options.temporary,
        });
        const shown = created.securityToken === null ? ['id', 'secret'] : [...secrets, 'expiresAt'];
        showOne(io, options.json, created, shown);
        if (!options.json) note(io, 'The secret is not shown again.');
      }),
    );

  withPaging(adminCommand(accessKey, 'list', 'lists access keys, without their secrets'))
    .option('--user <id>', 'keys of this user only')
    .option('--tenant <id>', 'keys of this tenant only')
    .action((options: ListOptions) =>
      withAdmin(io, options, async (client) => {
        const { user, limit, after } = options;
        const tenant = user === undefined ? options.tenant : await tenantOrOnly(client, options.tenant);
        const answer = await client.get('/accesskeys', { tenant, userId: user, limit, after });
        showRows(io, options.json, answer, members);
      }),
    );

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    adminCommand(accessKey, verb, `${verb}s an access key, from the next request on`)
      .argument('<id>')
      .action((id: string, options: AdminOptions) =>
        withAdmin(io, options, async (client) => {
          showOne(io, options.json, await client.patch(`/accesskeys/${segment(id)}`, { status }), members);
        }),
      );
  }
}
