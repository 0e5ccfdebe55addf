/** Use case: somebody holds a region's token and asks whether it is good, or what it stands for. */

import type { InspectCommand } from '../core/command.ts';
import type { InspectedOutcome } from '../core/outcome.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import type { RequestContext } from './context.ts';
import { isReplaced, type RegionParts, readRegionToken } from './region-token.ts';

export async function inspectToken(
  parts: RegionParts,
  { speech, proof, about }: InspectCommand,
  { nowMs }: RequestContext,
): Promise<Decision<InspectedOutcome>> {
  const read = await readRegionToken(parts, speech, proof.token, 0, nowMs);
  if (!read.ok) return read;
  if (isReplaced(read.value)) return refuse({ code: 'credential_expired' });
  const { facts, grant, user, membership } = read.value;
  parts.sightings.note(grant, facts.generation);
  if (about === 'region' && !membership) return refuse({ code: 'platform_token', grantId: grant.id });
  return accept({ did: 'inspected', grant, user, membership });
}
