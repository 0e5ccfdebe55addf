/** Does the database open, do its keys open under the master key, does the audit log hold? */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Check, failed, messageOf, ok, skipped } from '@hufu/client/terminal';
import type { Config } from '../../config/schema.ts';
import { type AdminClient, createAdminClient } from '../admin-client.ts';
import type { Io } from '../io.ts';
import { localTransport } from '../local-transport.ts';
import { schemaState } from '../migrate.ts';
import { rowsOf, text } from '../rows.ts';

export interface DataReport {
  readonly checks: readonly Check[];
  /** Whether a server has the folder open. */
  readonly inUse: boolean;
  readonly newestEventAtMs: number | undefined;
}

const report = (checks: readonly Check[], rest: Partial<DataReport> = {}): DataReport => ({
  checks,
  inUse: false,
  newestEventAtMs: undefined,
  ...rest,
});

/** Changes nothing: a database of an older schema is left alone. */
export async function checkData(io: Io, config: Config): Promise<DataReport> {
  const folder = config.data.dir;
  if (!existsSync(join(folder, 'hufu.db'))) return report([skipped('data', 'there is no database yet')]);
  try {
    const { found, known } = await schemaState(folder);
    if (found < known) return report([failed('data', `schema ${found} of ${known}: run hufu migrate`)]);
    return await checkOpened(io, config);
  } catch (error) {
    if (error instanceof Error && error.name === 'StoreLocked') {
      return report([skipped('data', 'a server has it open: it checked its keys at its start')], { inUse: true });
    }
    return report([failed('data', messageOf(error))]);
  }
}

async function checkOpened(io: Io, config: Config): Promise<DataReport> {
  const transport = await localTransport(io, config);
  try {
    const client = createAdminClient(transport, transport.token);
    const keys = rowsOf(await client.get('/keys')).filter((key) => text(key, 'state') === 'signing').length;
    const checks = [ok('data', `opens under the master key, with ${keys} signing keys`), await checkAudit(client)];
    return report(checks, { newestEventAtMs: await newestEvent(client) });
  } finally {
    await transport.close();
  }
}

async function checkAudit(client: AdminClient): Promise<Check> {
  const answer = await client.post('/audit/verify');
  if (answer.ok === true) return ok('audit', `${text(answer, 'events')} events hold`);
  const [broken] = rowsOf(answer, 'broken');
  const place = broken ? `block ${text(broken, 'number')}: ${text(broken, 'problem')}` : 'unknown place';
  return failed('audit', `the log is broken at ${place}`);
}

async function newestEvent(client: AdminClient): Promise<number | undefined> {
  const [newest] = rowsOf(await client.get('/audit', { limit: 1 }));
  const atMs = newest ? Date.parse(text(newest, 'at')) : Number.NaN;
  return Number.isNaN(atMs) ? undefined : atMs;
}
