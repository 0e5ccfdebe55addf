/** What a program learns of a token that somebody showed to it, where the server runs inside that program. */

import type { Decision, ReasonCode } from '../core/reasons.ts';
import type { AccountStatus } from '../core/region.ts';
import { type CheckedToken, checkToken, type TokenCheckParts } from './check-token.ts';
import type { Sightings } from './sightings.ts';

export type TokenCheck =
  /** `reason` is for a log: callers need not know it. */
  | { readonly active: false; readonly reason: ReasonCode }
  | {
      readonly active: true;
      readonly tenant: string;
      /** Id of the user, or of the client that acts for itself. */
      readonly subject: string;
      readonly userName: string | undefined;
      /** Application that it was given to. */
      readonly clientId: string | undefined;
      /** Access key that asked for it. */
      readonly accessKeyId: string | undefined;
      readonly grantId: string;
      /** Separated by blanks. */
      readonly scope: string | undefined;
      /** Resource or region that it is for. */
      readonly audience: string | undefined;
      /** Unix milliseconds. */
      readonly expiresAtMs: number;
      /** For tokens of regions; `undefined` for the platform's own token. */
      readonly region: CheckedRegion | undefined;
    };

/** The region and the user's account there, as they are now, whatever the token said when it was signed. */
export interface CheckedRegion {
  readonly id: string;
  readonly name: string;
  /** The user's name on the region's cluster. */
  readonly account: string;
  readonly homePath: string;
  readonly status: AccountStatus;
}

/**
 * @param type of the tokens that are taken, in the word of introspection, such as `scnet_token`: a token of another kind,
 *   good or not, is none here.
 * @throws {StoreUnavailable} where the store cannot answer, which is never "no".
 */
export async function describeToken(
  parts: TokenCheckParts & { readonly sightings: Sightings },
  token: string,
  type: string,
  nowMs: number,
): Promise<TokenCheck> {
  const formats = parts.formats.filter((format) => format.type === type);
  const checked = await checkToken({ ...parts, formats }, token, nowMs);
  if (checked.ok && checked.value.view) parts.sightings.note(checked.value.grant, checked.value.generation);
  return viewOf(checked);
}

function viewOf(checked: Decision<CheckedToken>): TokenCheck {
  if (!checked.ok) return { active: false, reason: checked.reason.code };
  const { view, grant, user, membership } = checked.value;
  // A refresh token, which is nobody's to use.
  if (view === undefined) return { active: false, reason: 'credential_invalid' };
  return {
    active: true,
    tenant: grant.tenant,
    subject: grant.subject,
    userName: user?.loginName,
    clientId: grant.clientId,
    accessKeyId: grant.accessKeyId,
    grantId: grant.id,
    scope: view.facts.scope ?? grant.scope,
    audience: grant.audience,
    expiresAtMs: view.facts.expiresAtMs,
    region: membership && {
      id: membership.region.id,
      name: membership.region.name,
      account: membership.account.account,
      homePath: membership.account.homePath,
      status: membership.account.status,
    },
  };
}
