/** `hufu restore`: puts a backup in the place of the data, and lets nothing come back to life that was ended since. */

import { CliError, exitCodes, failureOf, listing, note, progress, show } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Restored } from '../stores/sqlite/restore.ts';
import { type FolderOptions, folderCommand, folderConfig } from './admin-command.ts';
import { serverFailure } from './failure.ts';
import type { Io } from './io.ts';

interface RestoreOptions extends FolderOptions {
  readonly json?: boolean;
  readonly replace: boolean;
  readonly forgetRevocations: boolean;
}

export function registerRestore(program: Command, io: Io): void {
  folderCommand(program, 'restore', 'puts a backup in the place of the data of a server that is down')
    .argument('<file>', 'as hufu backup made it')
    .option(
      '--replace',
      'replaces the data that are there; what they ended stays ended, and they are kept aside',
      false,
    )
    .option(
      '--forget-revocations',
      'with --replace, where the data that are there cannot be read any more: what was revoked since the backup lives again',
      false,
    )
    .action(async (file: string, options: RestoreOptions) => {
      const folder = (await folderConfig(io, options)).data.dir;
      progress(io, 'restoring ...');
      const { restoreBackup } = await import('../stores/sqlite/restore.ts');
      const nowMs = Date.now();
      const restored = await restoreBackup({
        backup: file,
        folder,
        replace: options.replace,
        revocations: options.forgetRevocations ? 'forget' : 'keep',
        nowMs,
      }).catch((error: unknown) => {
        throw explained(error, folder);
      });
      await record(folder, nowMs, restored);
      const result = resultOf(folder, restored);
      show(io, options.json, result, () =>
        listing(
          io,
          Object.entries(result).map(([name, value]) => [
            name,
            typeof value === 'object' ? JSON.stringify(value) : value,
          ]),
        ),
      );
      if (restored.carriedOver === undefined) note(io, warningOf(restored));
    });
}

const resultOf = (folder: string, { newestEventAtMs, kept, carriedOver }: Restored) => ({
  folder,
  newestEventAt: newestEventAtMs === undefined ? null : new Date(newestEventAtMs).toISOString(),
  kept: kept ?? null,
  carriedOver: carriedOver ?? null,
});

function warningOf({ newestEventAtMs }: Restored): string {
  const since = newestEventAtMs === undefined ? 'the backup' : new Date(newestEventAtMs).toISOString();
  return `What was revoked or disabled after ${since} is alive again. To end it: hufu grant revoke, hufu accesskey disable.`;
}

/** The log goes on from where the backup was taken; this event says why it has a gap. */
async function record(folder: string, nowMs: number, { kept, carriedOver }: Restored): Promise<void> {
  const { openSqliteStore } = await import('../stores/sqlite/open.ts');
  const store = await openSqliteStore({ path: folder });
  try {
    const detail = `${kept === undefined ? 'nothing replaced' : 'data replaced'}, revocations ${carriedOver ? 'kept' : 'unknown'}`;
    await store.appendAudit({ atMs: nowMs, type: 'data.restored', requestId: 'restore', actor: 'admin', detail });
  } finally {
    await store.close();
  }
}

/** Says which option an operator may want. */
function explained(error: unknown, folder: string): unknown {
  const failure = failureOf(error, [serverFailure]);
  if (failure.code === 'already_exists') {
    const message = `${folder} holds data: name another folder, or give --replace to put the backup in their place`;
    return new CliError(exitCodes.refused, 'data_exist', message);
  }
  if (failure.code === 'database') {
    const message = `the data in ${folder} cannot be read (${failure.message}), so what they ended cannot be taken over: --forget-revocations goes on without`;
    return new CliError(exitCodes.store, 'data_unreadable', message);
  }
  return error;
}
