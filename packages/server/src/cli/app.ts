/** `hufu app`: applications that get tokens, and resource servers that ask about them. */

import { note, usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type AdminClient, type Answer, segment } from './admin-client.ts';
import { type AdminOptions, adminCommand, withAdmin } from './admin-command.ts';
import { type AppOptions, bodyOf, outOption, withAppOptions } from './app-options.ts';
import type { Io } from './io.ts';
import { tenantOrOnly } from './only-tenant.ts';
import { type PageOptions, rowsOf, showDeleted, showOne, showRows, text, withPaging } from './rows.ts';
import { keepingSecret } from './secret-file.ts';

interface CreateOptions extends AdminOptions, AppOptions {
  readonly name: string;
  readonly tenant?: string;
  readonly id?: string;
  readonly dialect?: string;
  readonly type?: string;
  readonly auth?: string;
  readonly pkce?: boolean;
  readonly out?: string;
}

interface OutOptions extends AdminOptions {
  readonly out?: string;
}

const columns = ['id', 'tenant', 'name', 'dialect', 'type', 'status', 'permissions', 'createdAt'] as const;

const members = [
  ...columns,
  'authentication',
  'grantTypes',
  'keys',
  'redirectUris',
  'requiresPkce',
  'scopes',
  'thirdParty',
  'resources',
  'rotation',
] as const;

export function registerApp(program: Command, io: Io): void {
  const app = program.command('app').description('applications that get tokens, and resource servers');
  registerCreate(app, io);
  registerLooks(app, io);
  registerChanges(app, io);
  registerRenewals(app, io);
}

function registerCreate(app: Command, io: Io): void {
  withAppOptions(adminCommand(app, 'create', 'creates an application; its secret or private key is shown this once'))
    .requiredOption('--name <name>', 'name for people')
    .option('--tenant <id>', 'default: the only tenant; for a resource server *, which is every tenant')
    .option('--id <id>', 'default: one in the form of its type')
    .option('--dialect <name>', 'such as oauth, pds or scnet (default: oauth)')
    .option(
      '--type <type>',
      'in the word of its dialect, such as web, native, JWT or organisation (default: resource_server)',
    )
    .option('--auth <method>', 'none, client_secret or private_key_jwt (default: the first that its type allows)')
    .option('--pkce', 'requires PKCE where its type leaves that open')
    .addOption(outOption)
    .action(async (options: CreateOptions) => {
      const asked = await bodyOf(io, options);
      await withAdmin(io, options, async (client) => {
        const { id, dialect, type, auth: authentication, pkce: requiresPkce } = options;
        const tenant = await tenantOf(client, options);
        const body = { tenant, id, dialect, type, authentication, requiresPkce, ...defaultsOf(options), ...asked };
        const created = await keepingSecret(options.out, () => client.post('/clients', body));
        showSecret(io, options.json, created, type === undefined ? ['tenant', 'permissions'] : typedMembers);
      });
    });
}

const typedMembers = ['tenant', 'dialect', 'type', 'authentication', 'redirectUris', 'permissions'] as const;

/** Without a type, what is made is a resource server that introspects for every tenant. */
const isResourceServer = ({ type }: CreateOptions): boolean => type === undefined || type === 'resource_server';

const defaultsOf = (options: CreateOptions): object =>
  isResourceServer(options) ? { permissions: ['introspect'] } : {};

const tenantOf = async (client: AdminClient, options: CreateOptions): Promise<string> =>
  options.tenant ?? (isResourceServer(options) ? '*' : tenantOrOnly(client, undefined));

function registerLooks(app: Command, io: Io): void {
  withPaging(adminCommand(app, 'list', 'lists applications, without their secrets'))
    .option('--tenant <id>', 'applications of this tenant only')
    .option('--dialect <name>', 'applications of this dialect only')
    .action((options: AdminOptions & PageOptions & { tenant?: string; dialect?: string }) =>
      withAdmin(io, options, async (client) => {
        const { tenant, dialect, limit, after } = options;
        showRows(io, options.json, await client.get('/clients', { tenant, dialect, limit, after }), columns);
      }),
    );

  adminCommand(app, 'show', 'shows an application, without its secret')
    .argument('<id>')
    .action((id: string, options: AdminOptions) =>
      withAdmin(io, options, async (client) => showApp(io, options.json, await client.get(pathOf(id)))),
    );
}

function registerChanges(app: Command, io: Io): void {
  withAppOptions(adminCommand(app, 'update', 'changes an application: what is named takes the place of what was there'))
    .argument('<id>')
    .option('--name <name>', 'name for people')
    .action(async (id: string, options: AdminOptions & AppOptions) => {
      const body = await bodyOf(io, options);
      if (Object.keys(body).length === 0) throw usageError('name what is to change');
      await withAdmin(io, options, async (client) => showApp(io, options.json, await client.patch(pathOf(id), body)));
    });

  for (const [verb, status] of [
    ['disable', 'disabled'],
    ['enable', 'enabled'],
  ] as const) {
    adminCommand(app, verb, `${verb}s an application`)
      .argument('<id>')
      .action((id: string, options: AdminOptions) =>
        withAdmin(io, options, async (client) => showApp(io, options.json, await client.patch(pathOf(id), { status }))),
      );
  }

  adminCommand(app, 'delete', 'deletes an application, and ends everything that it was given')
    .argument('<id>')
    .action((id: string, options: AdminOptions) =>
      withAdmin(io, options, async (client) => showDeleted(io, options.json, await client.delete(pathOf(id)))),
    );
}

function registerRenewals(app: Command, io: Io): void {
  for (const [verb, what] of [
    ['secret', 'another secret'],
    ['key', 'another pair of keys'],
  ] as const) {
    adminCommand(app, verb, `makes ${what}, shown this once; the old one is refused from the next request on`)
      .argument('<id>')
      .addOption(outOption)
      .action((id: string, options: OutOptions) =>
        withAdmin(io, options, async (client) => {
          const renewed = await keepingSecret(options.out, () => client.post(`${pathOf(id)}/${verb}`));
          showSecret(io, options.json, renewed, []);
        }),
      );
  }
}

const pathOf = (id: string): string => `/clients/${segment(id)}`;

/** People see the thumbprints of the keys; programs see the keys. */
function showApp(io: Io, json: boolean | undefined, app: Answer): void {
  const shown = json ? app : { ...app, keys: rowsOf(app, 'keys').map((key) => text(key, 'id')) };
  showOne(io, json, shown, members);
}

/** Standard output only: standard error is looked at by more eyes. */
function showSecret(io: Io, json: boolean | undefined, app: Answer, names: readonly string[]): void {
  const shown = ['secret', 'secretFile'].filter((name) => typeof app[name] === 'string');
  showOne(io, json, app, ['id', ...shown, ...names]);
  if (json) return;
  if (typeof app.privateKeyPem === 'string') io.stdout.write(`\n${app.privateKeyPem.trimEnd()}\n`);
  if (typeof app.secret === 'string') note(io, 'The secret is not shown again.');
  if (typeof app.privateKeyPem === 'string') note(io, 'The private key is not shown again.');
}
