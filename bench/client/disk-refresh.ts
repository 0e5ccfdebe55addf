/** What a refresh costs beyond its HTTP call where the session is kept on disk and nobody else wants it. */

import { type Times, timesOf } from '../measure/times.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import type { Dev } from '../targets/dev.ts';
import type { Installation } from './install.ts';

export interface DiskRefresh {
  readonly refreshes: number;
  /** The HTTP calls. */
  readonly call: Times;
  /** The rest of each refresh: the lock, the intent, the record, each of them durable. */
  readonly beyond: Times;
}

const refreshes = 100;

/** @param data folder on the disk that is to be measured. */
export async function measureDiskRefresh(
  installation: Installation,
  { description }: Dev,
  data: string | undefined,
): Promise<DiskRefresh> {
  await using folder = await temporaryFolder('tokens', data);
  const { apiEndpoint: endpoint, domainId, jwtApp, user } = description.pds;
  const session = { endpoint, domainId, ...jwtApp, userId: user.userId };
  const ask = { session, folder: folder.path, refreshes };
  const taken: ReadonlyArray<{ readonly wholeMs: number; readonly callMs: number }> = JSON.parse(
    await installation.run('hufu-disk-refresh.mjs', ask),
  );
  return {
    refreshes: taken.length,
    call: timesOf(taken.map(({ callMs }) => callMs)),
    beyond: timesOf(taken.map(({ wholeMs, callMs }) => wholeMs - callMs)),
  };
}
