/**
 * Whether sessions that are written straight through the store are what the service writes: otherwise what is measured among
 * a million of them says nothing about a million real ones.
 */

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Progress } from '../progress.ts';
import { serveHufuSessions } from '../targets/hufu-sessions.ts';
import { installSessions } from '../targets/session-installation.ts';
import { fillSessions } from './fill-sessions.ts';

type Row = Readonly<Record<string, unknown>>;

/** Of each session and its audit event alone; instants are compared by their distances. */
const own = new Set(['id', 'grantId', 'requestId', 'remote']);

/** Throws where a filled session differs from one that was opened over HTTP, in its row or in its audit event. */
export async function checkSameRows(parent: string | undefined, progress: Progress): Promise<void> {
  await using installation = await installSessions(parent);
  // Both for the first of the users.
  await fillSessions(installation, 1, 1, progress);
  await open(await serveHufuSessions(installation));
  const { grants, events } = look(join(installation.folder, 'hufu.db'));
  compare('the row', grants);
  compare('the audit event', events);
}

async function open(hufu: Awaited<ReturnType<typeof serveHufuSessions>>): Promise<void> {
  await using server = hufu;
  await server.openOAuth(1);
}

function look(file: string): { readonly grants: readonly Row[]; readonly events: readonly Row[] } {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const lines = db.prepare('SELECT lines FROM audit_blocks ORDER BY number').all();
    const events = lines.flatMap((row) => String(row.lines).trimEnd().split('\n')).map((line): Row => JSON.parse(line));
    return {
      grants: db.prepare('SELECT * FROM grants ORDER BY id').all(),
      events: events.filter(({ type }) => type === 'grant.issued'),
    };
  } finally {
    db.close();
  }
}

function compare(what: string, rows: readonly Row[]): void {
  const [filled, served, ...more] = rows.map(comparable);
  if (!filled || !served || more.length > 0) throw new Error(`${what}: ${rows.length} instead of two`);
  for (const name of new Set([...Object.keys(filled), ...Object.keys(served)])) {
    if (filled[name] !== served[name]) throw new Error(`${what} of a filled session differs in ${name}`);
  }
}

/** What has to be equal. */
function comparable(row: Row): Row {
  const sinceMs = Number(row.issued_at_ms ?? row.at);
  const entries = Object.entries(row).flatMap(([name, value]): [string, unknown][] => {
    if (own.has(name)) return [];
    const isInstant = (name === 'at' || name.endsWith('_ms')) && value !== null;
    return [[name, isInstant ? Number(value) - sinceMs : value]];
  });
  return Object.fromEntries(entries);
}
