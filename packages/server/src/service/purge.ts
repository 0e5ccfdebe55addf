/** Deletes what is past its last possible use, in bounded slices between which everything else has its turn. */

import { secondMs } from '../core/time.ts';
import type { AuditStore, Clock, CodeStore, GrantStore, KeyStore, LoginStore } from './ports.ts';

export interface PurgeOptions {
  /** How long an ended grant is still shown in lists. */
  readonly graceSeconds: number;
  /** How long a count of login attempts is kept after the last one: no less than any policy blocks or remembers. */
  readonly attemptsKeptSeconds: number;
  /** 0 keeps the audit log for ever. */
  readonly auditRetentionSeconds: number;
  /** Rows that one write deletes. */
  readonly sliceRows: number;
  /** Slices that one run may take, so that a run ends. */
  readonly maxSlices: number;
}

export interface PurgeReport {
  readonly rows: number;
  readonly auditBlocks: number;
  /** How far the purge is behind, in seconds; 0 when nothing waits. */
  readonly lagSeconds: number;
}

type PurgeStore = Pick<GrantStore, 'purgeExpired' | 'purgeAssertions' | 'oldestExpired'> &
  Pick<CodeStore, 'purgeCodes'> &
  Pick<LoginStore, 'purgeAttempts'> &
  Pick<AuditStore, 'purgeAudit'> &
  Pick<KeyStore, 'purgeKeys'>;

export async function purge(store: PurgeStore, clock: Clock, options: PurgeOptions): Promise<PurgeReport> {
  const nowMs = clock.nowMs();
  const endedBeforeMs = nowMs - options.graceSeconds * secondMs;
  const ended = await slices(options, () => store.purgeExpired(endedBeforeMs, options.sliceRows));
  // Nobody lists these: they go with their end.
  const assertions = await slices(options, () => store.purgeAssertions(nowMs, options.sliceRows));
  // A used code is remembered for a while after its end, so that its replay still ends what came from it.
  const codes = await slices(options, () => store.purgeCodes(endedBeforeMs, options.sliceRows));
  const lastBeforeMs = nowMs - options.attemptsKeptSeconds * secondMs;
  const attempts = await slices(options, () => store.purgeAttempts(lastBeforeMs, options.sliceRows));
  const auditBeforeMs = nowMs - options.auditRetentionSeconds * secondMs;
  const auditBlocks =
    options.auditRetentionSeconds === 0
      ? 0
      : await slices(options, () => store.purgeAudit(auditBeforeMs, options.sliceRows));
  await store.purgeKeys(nowMs);
  const oldest = await store.oldestExpired(endedBeforeMs);
  const lagSeconds = oldest === undefined ? 0 : Math.max(0, (endedBeforeMs - oldest) / secondMs);
  return { rows: ended + assertions + codes + attempts, auditBlocks, lagSeconds };
}

async function slices(options: PurgeOptions, slice: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let taken = 0; taken < options.maxSlices; taken++) {
    const gone = await slice();
    total += gone;
    if (gone < options.sliceRows) break;
  }
  return total;
}
