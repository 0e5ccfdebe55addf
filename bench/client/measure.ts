/** The client beside the vendor's packages: what it takes to install, to start, and to get a token that is there or is not. */

import { pack } from '../../tools/pack.ts';
import type { Times } from '../measure/times.ts';
import type { Options } from '../options.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import type { Progress } from '../progress.ts';
import { startDev } from '../targets/dev.ts';
import { builtCommand } from '../targets/hufu.ts';
import { contestantsWith } from './contestants.ts';
import { type DiskRefresh, measureDiskRefresh } from './disk-refresh.ts';
import { type Fresh, type FreshSubject, measureFresh } from './fresh.ts';
import { type GetRow, measureGets } from './gets.ts';
import { type Installed, install } from './install.ts';

export interface PackageRow extends Fresh {
  readonly title: string;
  readonly installed: Installed;
}

export interface ClientFindings {
  readonly packages: readonly PackageRow[];
  /** Ours without the operating system's keychain, an optional dependency. */
  readonly withoutKeychain: Installed;
  /** A process of Node that prints a line and does nothing else. */
  readonly nothing: Times;
  readonly gets: readonly GetRow[];
  readonly diskRefresh: DiskRefresh;
}

export async function measureClient(options: Options, progress: Progress): Promise<ClientFindings> {
  await using stack = new AsyncDisposableStack();
  const tarballs = pack(['wire', 'client'], stack.use(await temporaryFolder('pack')).path);
  const subjects: FreshSubject[] = [];
  for (const contestant of contestantsWith(tarballs)) {
    progress(`npm install ${contestant.name}`);
    subjects.push({ contestant, installation: stack.use(await install(contestant.specifiers)) });
  }
  const without = stack.use(await install(tarballs, ['optional']));
  const installationOf = (name: FreshSubject['contestant']['name']) => {
    const found = subjects.find(({ contestant }) => contestant.name === name);
    if (!found) throw new Error(`${name} is not installed`);
    return found.installation;
  };
  const [hufu, credentials] = [installationOf('hufu'), installationOf('credentials')];
  const dev = stack.use(await startDev(builtCommand));

  progress('fresh processes');
  const { rows, nothing } = await measureFresh(subjects, dev.description.sls, options.starts);
  const packages = rows.map((row, at): PackageRow => {
    const subject = subjects[at];
    if (!subject) throw new Error('a row without a contestant');
    return { ...row, title: subject.contestant.title, installed: subject.installation.installed };
  });
  progress('gets');
  const gets = await measureGets(
    [
      {
        name: 'hufu',
        title: '@hufu/client, getToken()',
        installation: hufu,
        warmProgram: 'hufu-warm.mjs',
        coldProgram: 'hufu-cold.mjs',
      },
      {
        name: 'credentials',
        title: '@alicloud/credentials, getCredential()',
        installation: credentials,
        warmProgram: 'credentials-warm.mjs',
        coldProgram: 'credentials-cold.mjs',
      },
    ],
    options,
  );
  progress('refreshes on disk');
  const diskRefresh = await measureDiskRefresh(hufu, dev, options.data);
  return { packages, withoutKeychain: without.installed, nothing, gets, diskRefresh };
}
