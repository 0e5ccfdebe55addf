/** `hufu migrate`: brings the database to the schema of this version. `serve` does the same at its start. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes, show, usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type FolderOptions, folderCommand, folderConfig } from './admin-command.ts';
import type { Io } from './io.ts';

interface MigrateOptions extends FolderOptions {
  readonly check: boolean;
  readonly json?: boolean;
}

export function registerMigrate(program: Command, io: Io): void {
  folderCommand(program, 'migrate', 'brings the database to the schema of this version')
    .option('--check', 'only looks; exit code 1 where steps are missing', false)
    .action(async (options: MigrateOptions) => {
      const folder = (await folderConfig(io, options)).data.dir;
      if (!existsSync(join(folder, 'hufu.db'))) throw usageError(`${folder} holds no database`);
      const state = await schemaState(folder);
      const missing = Math.max(0, state.known - state.found);
      const applied = options.check ? 0 : await applyMigrations(folder);
      const result = { folder, schema: state.found + applied, known: state.known, applied, missing: missing - applied };
      show(io, options.json, result, () =>
        applied > 0 ? `schema ${state.found} -> ${result.schema}` : `schema ${state.found} of ${state.known}`,
      );
      if (result.missing > 0) io.exitCode = exitCodes.failed;
    });
}

/** The schema that the database has, and the newest that this version knows. Reads only, so a server may run. */
export async function schemaState(folder: string): Promise<{ readonly found: number; readonly known: number }> {
  const [{ openReader }, { schemaOf }, { migrations }, { defaultCacheBytes }] = await Promise.all([
    import('../stores/sqlite/connection.ts'),
    import('../stores/sqlite/migrate.ts'),
    import('../stores/sqlite/migrations.ts'),
    import('../stores/sqlite/limits.ts'),
  ]);
  const db = openReader({ file: join(folder, 'hufu.db'), cacheBytes: defaultCacheBytes });
  try {
    return { found: schemaOf(db), known: migrations.at(-1)?.number ?? 0 };
  } finally {
    db.close();
  }
}

async function applyMigrations(folder: string): Promise<number> {
  const [{ openWriter }, { lockFolder }, { migrate }, { defaultCacheBytes }] = await Promise.all([
    import('../stores/sqlite/connection.ts'),
    import('../stores/sqlite/lock.ts'),
    import('../stores/sqlite/migrate.ts'),
    import('../stores/sqlite/limits.ts'),
  ]);
  const lock = lockFolder(folder);
  try {
    const file = join(folder, 'hufu.db');
    const db = openWriter({ file, cacheBytes: defaultCacheBytes, maximumFileBytes: undefined });
    try {
      return migrate(db);
    } finally {
      db.close();
    }
  } finally {
    lock.release();
  }
}
