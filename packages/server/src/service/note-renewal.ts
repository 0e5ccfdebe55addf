/**
 * What a renewal that changes nothing leaves behind: a mark in memory, written at most once a minute for each grant, and an
 * audit event where the operator keeps them. Its answer waits for neither.
 */

import type { Grant } from '../core/grant.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { RequestContext } from './context.ts';
import { grantEvent } from './grant-event.ts';
import type { Store } from './ports.ts';
import type { Usage } from './usage.ts';

export interface RenewalNotes {
  readonly store: Pick<Store, 'appendAudit' | 'isBehind'>;
  readonly usage: Pick<Usage, 'mark'>;
  /** Whether each renewal is an event of its own. */
  readonly auditsRenewals: boolean;
  readonly background: (work: Promise<unknown>) => void;
}

/** @param actor who renewed it. @returns the grant, or that the audit log could not take one event more. */
export function noteRenewal<Renewed extends Grant>(
  { store, usage, auditsRenewals, background }: RenewalNotes,
  grant: Renewed,
  operation: string,
  actor: string,
  context: RequestContext,
): Decision<Renewed> {
  if (auditsRenewals && store.isBehind) {
    return refuse({ code: 'temporarily_unavailable', detail: 'the store is behind' });
  }
  usage.mark(grant.id, context.nowMs);
  if (auditsRenewals) background(store.appendAudit(grantEvent('grant.renewed', operation, grant, actor, context)));
  return accept(grant);
}
