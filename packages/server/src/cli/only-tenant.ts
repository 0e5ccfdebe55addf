/** Most installations have one tenant: then nobody needs to name it. */

import { usageError } from '@hufu/client/terminal';
import type { AdminClient } from './admin-client.ts';
import { rowsOf, text } from './rows.ts';

const shownTenants = 5;

export async function tenantOrOnly(client: AdminClient, named: string | undefined): Promise<string> {
  if (named !== undefined) return named;
  const ids = rowsOf(await client.get('/tenants', { limit: shownTenants + 1 })).map((tenant) => text(tenant, 'id'));
  const [only] = ids;
  if (only === undefined) throw usageError('there is no tenant yet: make one with hufu tenant create');
  if (ids.length === 1) return only;
  const more = ids.length > shownTenants ? ', ...' : '';
  throw usageError(`--tenant: name one of ${ids.slice(0, shownTenants).join(', ')}${more}`);
}
