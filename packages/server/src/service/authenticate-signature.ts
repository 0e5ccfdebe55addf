/** Checks a request that was signed with an AccessKey: who is it, may they come in, is it they, is it now. */

import type { PermissionPolicy } from '../core/permission.ts';
import type { Hashing, SignatureProof } from '../core/proof.ts';
import { accept, type Decision, refuse } from '../core/reasons.ts';
import { isOver, secondMs, unixSeconds } from '../core/time.ts';
import type { Credential, Credentials } from './credentials.ts';
import type { Clock, Sealing } from './ports.ts';

/** Who calls, once it is proved. */
export interface Caller {
  readonly tenant: string;
  readonly userId: string;
  readonly accessKeyId: string;
  readonly policy: PermissionPolicy;
  /** End of temporary credentials; `undefined` for lasting ones. */
  readonly endsAtMs: number | undefined;
}

export interface SignatureCheck {
  readonly credentials: Credentials;
  readonly sealing: Sealing;
  readonly hashing: Hashing;
  /** 0 for no limit. */
  readonly requestsPerSecondPerAccessKey: number;
  /** A second clock by which callers may sign; only an emulator, whose own clock may be moved, has one. */
  readonly callersClock?: Clock | undefined;
}

/** Purpose of the keyed hash under which security tokens are kept. */
export const securityTokenPurpose = 'security_token';

export async function authenticateSignature(
  check: SignatureCheck,
  proof: SignatureProof,
  nowMs: number,
): Promise<Decision<Caller>> {
  const { accessKeyId } = proof;
  if (!isOnTime(proof, nowMs) && !(check.callersClock && isOnTime(proof, check.callersClock.nowMs()))) {
    return refuse({ code: 'request_time_skewed', requestTime: proof.requestTime.text, serverTimeMs: nowMs });
  }
  const credential = await check.credentials.find(accessKeyId);
  if (!credential) return refuse({ code: 'access_key_unknown', accessKeyId });
  const { accessKey, user, tenant } = credential.holder;
  if (!hasSecurityToken(check, credential, proof)) return refuse({ code: 'security_token_invalid', accessKeyId });
  if (!proof.verify(credential.secret, check.hashing)) return refuse({ code: 'signature_mismatch', accessKeyId });
  // Only who holds the secret learns what became of the key.
  if (tenant.status === 'disabled') return refuse({ code: 'tenant_disabled', tenant: tenant.id });
  if (user.status === 'disabled') return refuse({ code: 'user_disabled', accessKeyId });
  if (accessKey.status === 'disabled') return refuse({ code: 'access_key_disabled', accessKeyId });
  if (accessKey.expiresAtMs !== undefined && isOver(accessKey.expiresAtMs, nowMs)) {
    return refuse({ code: 'security_token_expired', accessKeyId });
  }
  if (isAboveRate(credential.window, check.requestsPerSecondPerAccessKey, nowMs)) {
    return refuse({ code: 'rate_limited', accessKeyId });
  }
  return accept({
    tenant: tenant.id,
    userId: user.id,
    accessKeyId,
    policy: user.policy,
    endsAtMs: accessKey.expiresAtMs,
  });
}

const isOnTime = ({ requestTime, clockSkewSeconds }: SignatureProof, nowMs: number): boolean =>
  Math.abs(nowMs - requestTime.atMs) <= clockSkewSeconds * secondMs;

/** Temporary credentials come with exactly their token, lasting ones with none. */
function hasSecurityToken(check: SignatureCheck, credential: Credential, proof: SignatureProof): boolean {
  const expected = credential.holder.accessKey.securityTokenHash;
  if (expected === undefined) return proof.securityToken === undefined;
  if (proof.securityToken === undefined) return false;
  return check.hashing.equal(check.sealing.keyedHash(proof.securityToken, securityTokenPurpose), expected);
}

function isAboveRate(window: Credential['window'], limit: number, nowMs: number): boolean {
  if (limit === 0) return false;
  const second = unixSeconds(nowMs);
  if (window.second !== second) {
    window.second = second;
    window.count = 0;
  }
  window.count++;
  return window.count > limit;
}
