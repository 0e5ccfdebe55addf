/** `hufu resource`: protected resources (RFC 8707), which access tokens are for. */

import { repeated, usageError } from '@hufu/client/terminal';
import { type Command, Option } from 'commander';
import { type AdminClient, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, showDeleted, showOne, showRows, withPaging } from './rows.ts';

interface ResourceOptions extends AdminOptions {
  readonly tenant?: string;
}

interface ResourceFields {
  readonly name?: string;
  readonly accessTokens?: string;
  readonly scope: readonly string[];
}

const members = ['tenant', 'id', 'name', 'status', 'accessTokens', 'scopes', 'createdAt'] as const;

export function registerResource(program: Command, io: Io): void {
  const resource = program.command('resource').description('protected resources: what access tokens are for');

  withFields(ofOne(resource, 'create', 'creates a resource, which applications then may ask tokens for'))
    .requiredOption('--name <name>', 'name for people')
    .action((id: string, options: ResourceOptions & ResourceFields) =>
      withAdmin(io, options, async (client) => {
        const tenant = await tenantOrOnly(client, options.tenant);
        showOne(io, options.json, await client.post('/resources', { tenant, id, ...bodyOf(options) }), members);
      }),
    );

  withPaging(adminCommand(resource, 'list', 'lists resources'))
    .option('--tenant <id>', 'resources of this tenant only')
    .action((options: ResourceOptions & PageOptions) =>
      withAdmin(io, options, async (client) => {
        const { tenant, limit, after } = options;
        showRows(io, options.json, await client.get('/resources', { tenant, limit, after }), members);
      }),
    );

  ofOne(resource, 'show', 'shows a resource').action((id: string, options: ResourceOptions) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.get(await pathOf(client, id, options)), members);
    }),
  );

  registerChanges(resource, io);
}

function registerChanges(resource: Command, io: Io): void {
  const change = (id: string, options: ResourceOptions, body: Readonly<Record<string, unknown>>) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.patch(await pathOf(client, id, options), body), members);
    });

  withFields(ofOne(resource, 'update', 'changes a resource: what is named takes the place of what was there'))
    .option('--name <name>', 'name for people')
    .action(async (id: string, options: ResourceOptions & ResourceFields) => {
      const body = bodyOf(options);
      if (Object.keys(body).length === 0) throw usageError('name what is to change');
      await change(id, options, body);
    });

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    ofOne(resource, verb, `${verb}s a resource`).action((id: string, options: ResourceOptions) =>
      change(id, options, { status }),
    );
  }

  ofOne(resource, 'delete', 'deletes a resource; tokens that were issued for it stay until they end').action(
    (id: string, options: ResourceOptions) =>
      withAdmin(io, options, async (client) => {
        showDeleted(io, options.json, await client.delete(await pathOf(client, id, options)));
      }),
  );
}

const ofOne = (resource: Command, name: string, description: string): Command =>
  adminCommand(resource, name, description)
    .argument('<uri>', 'its id: an absolute URI')
    .option('--tenant <id>', 'default: the only tenant');

const withFields = (command: Command): Command =>
  command
    .addOption(
      new Option(
        '--access-tokens <kind>',
        'jwt, which can be checked offline, or opaque, by introspection only',
      ).choices(['jwt', 'opaque']),
    )
    .option('--scope <scope>', "scope of its tokens; may be repeated (default: every scope, as '')", repeated, []);

/** Members that nobody named are absent. */
const bodyOf = ({ name, accessTokens, scope }: ResourceFields): Record<string, unknown> => ({
  ...(name === undefined ? {} : { name }),
  ...(accessTokens === undefined ? {} : { accessTokens }),
  ...(scope.length === 0 ? {} : { scopes: scope.filter((one) => one !== '') }),
});

const pathOf = async (client: AdminClient, id: string, { tenant }: ResourceOptions): Promise<string> =>
  `/resources/${segment(await tenantOrOnly(client, tenant))}/${segment(id)}`;
