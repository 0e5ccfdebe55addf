/** `hufu list`: all profiles, and how each stands. */

import type { Command } from 'commander';
import { durationText } from './duration.ts';
import type { ClientIo } from './io.ts';
import type { StatusView } from './status-view.ts';
import { CliError } from './terminal/failure.ts';
import { note, show } from './terminal/output.ts';
import { table } from './terminal/table.ts';
import { tokenFailure } from './token-failure.ts';

/** A profile that cannot be looked at has `error` in place of the rest. */
type Row = StatusView | { readonly name: string; readonly error: string; readonly message: string };

export function registerList(program: Command, io: ClientIo): void {
  program
    .command('list')
    .description('lists the profiles, and how each stands, without asking any server')
    .option('--json', 'one line of JSON')
    .action(({ json }: { readonly json?: boolean }) => showList(io, json));
}

export async function showList(io: ClientIo, json: boolean | undefined): Promise<void> {
  const { readProfiles } = await import('./profiles/profiles-file.ts');
  const names = Object.keys(await readProfiles(io.env)).sort();
  const rows: Row[] = [];
  for (const name of names) rows.push(await rowOf(io, name));
  const nowMs = Date.now();
  const cell = (row: Row, of: (view: StatusView) => string | null): string => ('error' in row ? '-' : (of(row) ?? '-'));
  show(io, json, { rows }, () =>
    table(
      io,
      [
        { title: 'NAME', of: ({ name }) => name },
        { title: 'PROVIDER', of: (row) => cell(row, ({ provider, grant }) => `${provider} ${grant}`) },
        { title: 'STORAGE', of: (row) => cell(row, ({ storage }) => storage) },
        { title: 'STATE', of: (row) => cell(row, ({ state }) => state) },
        { title: 'TOKEN ENDS', of: (row) => cell(row, ({ expiresAt }) => distance(expiresAt, nowMs)) },
        { title: 'LOG IN', of: (row) => cell(row, ({ loginNeeded }) => (loginNeeded ? 'needed' : '-')) },
        { title: 'PROBLEM', of: (row) => ('error' in row ? row.message : (row.problem ?? '-')) },
      ],
      rows,
    ),
  );
  if (names.length === 0 && !json) note(io, `there are no profiles yet: ${io.program} profile add NAME`);
}

async function rowOf(io: ClientIo, name: string): Promise<Row> {
  const { openProfile } = await import('./open-profile.ts');
  const { statusOf } = await import('./status-view.ts');
  try {
    await using profile = await openProfile(io, name);
    return await statusOf(profile);
  } catch (thrown) {
    const failure = thrown instanceof CliError ? thrown : tokenFailure(thrown);
    if (!failure) throw thrown;
    return { name, error: failure.code, message: failure.message };
  }
}

function distance(instant: string | null, nowMs: number): string | null {
  if (instant === null) return null;
  const leftMs = Date.parse(instant) - nowMs;
  return leftMs >= 0 ? `in ${durationText(leftMs)}` : `${durationText(-leftMs)} ago`;
}
