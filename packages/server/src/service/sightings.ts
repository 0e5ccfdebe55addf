/** Notes that the successor of a rotation is in use: from then on its predecessor is no honest retry any more. */

import type { StoredGrant } from '../core/grant.ts';
import type { GrantId } from '../core/ids.ts';
import type { GrantStore } from './ports.ts';

export interface Sightings {
  /** An access token of this generation was found good. Nobody waits for the mark. */
  note(grant: StoredGrant, generation: number | undefined): void;
}

export function createSightings(
  store: Pick<GrantStore, 'markSuccessorSeen'>,
  background: (work: Promise<unknown>) => void,
): Sightings {
  /** Of a token that is checked a thousand times a second one mark is enough. */
  const underWay = new Set<GrantId>();
  return {
    note(grant, generation) {
      const { id, successorSeen, rotatedAtMs } = grant;
      // The first generation has no predecessor that a retry could present.
      if (successorSeen || rotatedAtMs === undefined || generation !== grant.generation || underWay.has(id)) return;
      underWay.add(id);
      background(store.markSuccessorSeen(id, generation).finally(() => underWay.delete(id)));
    },
  };
}
