/** `hufu backup`: a consistent copy of the data, while the server runs or not. The master key is not in it. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { progress, show, usageError } from '@hufu/client/terminal';
import type { Command } from 'commander';
import { type FolderOptions, folderCommand, folderConfig } from './admin-command.ts';
import type { Io } from './io.ts';

interface BackupOptions extends FolderOptions {
  readonly json?: boolean;
}

export function registerBackup(program: Command, io: Io): void {
  folderCommand(program, 'backup', 'copies the data to a new file, while the server runs or not')
    .argument('<file>', 'must not exist yet')
    .action(async (file: string, options: BackupOptions) => {
      const folder = (await folderConfig(io, options)).data.dir;
      const database = join(folder, 'hufu.db');
      if (!existsSync(database)) throw usageError(`${folder} holds no database`);
      progress(io, 'copying ...');
      const { backup } = await import('../stores/sqlite/backup.ts');
      await backup(database, file);
      show(
        io,
        options.json,
        { file, folder },
        () => `${file}\nKeep the master key elsewhere: without it, no backup opens.`,
      );
    });
}
