/** Use case: somebody holds a region's token and asks whether it is good, or what it stands for. Nothing is written. */

import type { InspectCommand } from '../core/command.ts';
import type { InspectedOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { RequestContext } from './context.ts';
import { type RegionParts, readRegionToken } from './region-token.ts';

export async function inspectToken(
  parts: RegionParts,
  { speech, proof, about }: InspectCommand,
  { nowMs }: RequestContext,
): Promise<Decision<InspectedOutcome>> {
  const read = await readRegionToken(parts, speech, proof.token, 0, nowMs);
  if (!read.ok) return read;
  const { facts, grant, user, membership } = read.value;
  const isOutdated = facts.generation !== undefined && facts.generation < grant.generation;
  if (isOutdated) return refuse({ code: 'credential_expired' });
  if (about === 'region' && !membership) return refuse({ code: 'platform_token', grantId: grant.id });
  return accept({ did: 'inspected', grant, user, membership });
}
