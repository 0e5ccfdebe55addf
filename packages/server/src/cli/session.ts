/** `hufu session`: where a user is logged in, and how to end that. A session is a grant that acts for a user. */

import type { Command } from 'commander';
import { segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, rowsOf, showOne, showRows, withPaging } from './rows.ts';

interface ListOptions extends AdminOptions, PageOptions {
  readonly user: string;
  readonly tenant?: string;
  readonly app?: string;
  readonly all?: boolean;
}

const columns = ['id', 'dialect', 'clientId', 'scope', 'state', 'issuedAt', 'rotatedAt', 'renewBy'] as const;

export function registerSession(program: Command, io: Io): void {
  const session = program.command('session').description('sessions of a user: one for each place of a login');

  withPaging(adminCommand(session, 'list', 'lists the sessions of a user that are alive, oldest first'))
    .requiredOption('--user <id>', 'whose they are')
    .option('--tenant <id>', 'default: the only tenant')
    .option('--app <id>', 'sessions with this application only')
    .option('--all', 'those that have ended, too')
    .action((options: ListOptions) =>
      withAdmin(io, options, async (client) => {
        const { user: subject, app: clientId, limit, after } = options;
        const tenant = await tenantOrOnly(client, options.tenant);
        const answer = await client.get('/grants', { tenant, subject, clientId, limit, after });
        const rows = rowsOf(answer).filter(({ state }) => options.all || state === 'active');
        showRows(io, options.json, { ...answer, rows }, columns);
      }),
    );

  adminCommand(session, 'end', 'ends a session and every token of it')
    .argument('<id>')
    .action((id: string, options: AdminOptions) =>
      withAdmin(io, options, async (client) => {
        showOne(io, options.json, await client.post(`/grants/${segment(id)}/revoke`), ['id', 'result']);
      }),
    );
}
