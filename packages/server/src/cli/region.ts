/** `hufu region`: regions where work runs, and which users may use them. */

import { usageError } from '@hufu/client/terminal';
import { type Command, Option } from 'commander';
import { accountStatuses } from '../core/region.ts';
import { type AdminClient, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import { readJson } from './input.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, showDeleted, showOne, showRows, withPaging } from './rows.ts';

interface RegionFields {
  readonly name?: string;
  readonly description?: string;
  readonly services?: string;
}

interface AccountOptions extends AdminOptions {
  readonly user: string;
  readonly tenant?: string;
}

const columns = ['id', 'name', 'description', 'status', 'createdAt'] as const;
const members = [...columns, 'services'] as const;
const accountMembers = ['tenant', 'userId', 'regionId', 'account', 'homePath', 'status'] as const;

const tenantOption = ['--tenant <id>', 'default: the only tenant'] as const;

export function registerRegion(program: Command, io: Io): void {
  const region = program.command('region').description('regions where work runs, and the accounts of users in them');
  registerCreate(region, io);
  registerLooks(region, io);
  registerChanges(region, io);
  registerAccounts(region, io);
}

function registerCreate(region: Command, io: Io): void {
  withFields(ofOne(region, 'create', 'creates a region; nobody may use it before a grant'))
    .requiredOption('--name <name>', 'name for people')
    .action(async (id: string, options: AdminOptions & RegionFields) => {
      const body = await bodyOf(io, options);
      await withAdmin(io, options, async (client) => {
        showOne(io, options.json, await client.post('/regions', { id, ...body }), members);
      });
    });
}

function registerLooks(region: Command, io: Io): void {
  withPaging(adminCommand(region, 'list', 'lists regions, or those that a user has an account in'))
    .option('--user <id>', 'regions of this user, with the accounts')
    .option(...tenantOption)
    .action((options: Partial<AccountOptions> & PageOptions) =>
      withAdmin(io, options, async (client) => {
        const { user, limit, after } = options;
        if (user === undefined) {
          showRows(io, options.json, await client.get('/regions', { limit, after }), columns);
          return;
        }
        const tenant = await tenantOrOnly(client, options.tenant);
        const answer = await client.get(`/users/${segment(tenant)}/${segment(user)}/regions`);
        showRows(io, options.json, answer, ['regionId', 'regionName', 'regionStatus', 'account', 'homePath', 'status']);
      }),
    );

  ofOne(region, 'show', 'shows a region with its services').action((id: string, options: AdminOptions) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.get(pathOf(id)), members);
    }),
  );
}

function registerChanges(region: Command, io: Io): void {
  const change = (id: string, options: AdminOptions, body: Readonly<Record<string, unknown>>) =>
    withAdmin(io, options, async (client) => {
      showOne(io, options.json, await client.patch(pathOf(id), body), members);
    });

  withFields(ofOne(region, 'update', 'changes a region: what is named takes the place of what was there'))
    .option('--name <name>', 'name for people')
    .action(async (id: string, options: AdminOptions & RegionFields) => {
      const body = await bodyOf(io, options);
      if (Object.keys(body).length === 0) throw usageError('name what is to change');
      await change(id, options, body);
    });

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    ofOne(region, verb, `${verb}s a region, and with it every token of it`).action(
      (id: string, options: AdminOptions) => change(id, options, { status }),
    );
  }

  ofOne(region, 'delete', 'deletes a region with every account in it').action((id: string, options: AdminOptions) =>
    withAdmin(io, options, async (client) => {
      showDeleted(io, options.json, await client.delete(pathOf(id)));
    }),
  );
}

function registerAccounts(region: Command, io: Io): void {
  ofAccount(region, 'grant', 'lets a user use a region, or changes the account there: what is not named stays')
    .option('--account <name>', "name on the region's cluster (default: the login name, or the id)")
    .option('--home <path>', "the user's folder there")
    .addOption(new Option('--status <status>', 'Disable gets no token (default: Normal)').choices([...accountStatuses]))
    .action((id: string, options: AccountOptions & { account?: string; home?: string; status?: string }) =>
      withAdmin(io, options, async (client) => {
        const { account, home: homePath, status } = options;
        const path = await accountPathOf(client, id, options);
        showOne(io, options.json, await client.put(path, { account, homePath, status }), accountMembers);
      }),
    );

  ofAccount(region, 'withdraw', 'takes a region from a user: tokens of it are refused from the next request on').action(
    (id: string, options: AccountOptions) =>
      withAdmin(io, options, async (client) => {
        const gone = await client.delete(await accountPathOf(client, id, options));
        showOne(io, options.json, gone, ['tenant', 'userId', 'regionId', 'result']);
      }),
  );
}

const ofOne = (region: Command, name: string, description: string): Command =>
  adminCommand(region, name, description).argument('<id>', 'a number, such as 11112');

const ofAccount = (region: Command, name: string, description: string): Command =>
  ofOne(region, name, description)
    .requiredOption('--user <id>', 'whose account')
    .option(...tenantOption);

const withFields = (command: Command): Command =>
  command
    .option('--description <text>', 'for people')
    .option('--services <services>', 'where its services are: a file, - for standard input, or JSON');

/** Members that nobody named are absent. */
async function bodyOf(io: Io, { name, description, services }: RegionFields): Promise<Record<string, unknown>> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(description === undefined ? {} : { description }),
    ...(services === undefined ? {} : { services: await readJson(io, services, 'services') }),
  };
}

const pathOf = (id: string): string => `/regions/${segment(id)}`;

const accountPathOf = async (client: AdminClient, id: string, { user, tenant }: AccountOptions): Promise<string> =>
  `${pathOf(id)}/accounts/${segment(await tenantOrOnly(client, tenant))}/${segment(user)}`;
