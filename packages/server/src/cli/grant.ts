/** `hufu grant`: tickets, sessions and whatever else gives access tokens; who has them, and how to end them. */

import { usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type AdminClient, type Answer, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, showOne, showRows, text, withPaging } from './rows.ts';

interface GrantOptions extends AdminOptions {
  readonly tenant?: string;
  readonly user?: string;
  readonly accessKey?: string;
  readonly app?: string;
}

const columns = [
  'id',
  'dialect',
  'tenant',
  'subject',
  'accessKeyId',
  'state',
  'expiresAt',
  'useCount',
  'lastUsedAt',
] as const;

const members = [
  'id',
  'dialect',
  'tenant',
  'subject',
  'accessKeyId',
  'clientId',
  'scope',
  'audience',
  'state',
  'issuedAt',
  'expiresAt',
  'renewBy',
  'revokedAt',
  'accessTokenLifetimeSeconds',
  'generation',
  'rotatedAt',
  'successorSeen',
  'useCount',
  'lastUsedAt',
] as const;

const withFilters = (command: Command): Command =>
  command
    .option('--tenant <id>', 'grants of this tenant')
    .option('--user <id>', 'grants of this user')
    .option('--access-key <id>', 'grants of this access key')
    .option('--app <id>', 'grants of this application');

export function registerGrant(program: Command, io: Io): void {
  const grant = program.command('grant').description('grants: tickets and sessions that give access tokens');

  withPaging(withFilters(adminCommand(grant, 'list', 'lists grants, oldest first'))).action(
    (options: GrantOptions & PageOptions) =>
      withAdmin(io, options, async (client) => {
        const { tenant, user: subject, accessKey: accessKeyId, app: clientId, limit, after } = options;
        const answer = await client.get('/grants', { tenant, subject, accessKeyId, clientId, limit, after });
        showRows(io, options.json, answer, columns);
      }),
  );

  adminCommand(grant, 'show', 'shows a grant with its use counts')
    .argument('<id>')
    .action((id: string, options: AdminOptions) =>
      withAdmin(io, options, async (client) => {
        showOne(io, options.json, await client.get(`/grants/${segment(id)}`), members);
      }),
    );

  withFilters(adminCommand(grant, 'revoke', 'ends a grant, or all grants of a user, an access key, an app or a tenant'))
    .argument('[id]', 'a grant')
    .action((id: string | undefined, options: GrantOptions) => {
      const named = [id, options.user, options.accessKey, options.app].filter((name) => name !== undefined);
      if (named.length > 1 || (named.length === 0 && options.tenant === undefined)) {
        throw usageError('name one grant, or one of --user, --access-key, --app and --tenant');
      }
      return withAdmin(io, options, async (client) => {
        if (id !== undefined) {
          showOne(io, options.json, await client.post(`/grants/${segment(id)}/revoke`), ['id', 'result']);
          return;
        }
        const revoked = await client.post('/grants/revoke', await targetOf(client, options));
        showOne(io, options.json, revoked, ['level', 'tenant', 'key', 'notBefore']);
      });
    });
}

async function targetOf(client: AdminClient, options: GrantOptions): Promise<Answer> {
  const { user, accessKey, app, tenant } = options;
  if (accessKey !== undefined) {
    const known = tenant ?? text(await client.get(`/accesskeys/${segment(accessKey)}`), 'tenant');
    return { level: 'access_key', tenant: known, key: accessKey };
  }
  if (user !== undefined) return { level: 'subject', tenant: await tenantOrOnly(client, tenant), key: user };
  if (app !== undefined) return { level: 'client', tenant: await tenantOrOnly(client, tenant), key: app };
  return { level: 'tenant', tenant };
}
