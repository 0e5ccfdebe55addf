/** The AccessKey in the environment, under the names of the vendor's SDKs and of its documents. */

import process from 'node:process';
import type { AccessKey, AccessKeySource } from '../core/access-key.ts';
import { TokenError } from '../core/errors.ts';

/** `@alicloud/credentials` 2.4.7 reads these three, and no others, for an AccessKey. */
export const variables = {
  accessKeyId: 'ALIBABA_CLOUD_ACCESS_KEY_ID',
  accessKeySecret: 'ALIBABA_CLOUD_ACCESS_KEY_SECRET',
  securityToken: 'ALIBABA_CLOUD_SECURITY_TOKEN',
} as const;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `ALIBABA_CLOUD_ACCESS_KEY_ID`, `ALIBABA_CLOUD_ACCESS_KEY_SECRET` and, where there is one,
 * `ALIBABA_CLOUD_SECURITY_TOKEN` at each use. Throws `TokenError` with `config` that names what is missing.
 *
 * @example sls({ credentials: accessKeyFromEnvironment() })
 */
export function accessKeyFromEnvironment(env: Environment = process.env): AccessKeySource {
  return () => {
    const found = keyIn(env);
    if (found) return found;
    throw new TokenError({ code: 'config', message: `${variables.accessKeyId} is not set` });
  };
}

/** `undefined` where there is none at all; half of one is a mistake. */
export function keyIn(env: Environment): AccessKey | undefined {
  const accessKeyId = env[variables.accessKeyId];
  const accessKeySecret = env[variables.accessKeySecret];
  if (!accessKeyId && !accessKeySecret) return undefined;
  if (accessKeyId && accessKeySecret) {
    return { accessKeyId, accessKeySecret, securityToken: env[variables.securityToken] || undefined };
  }
  const [there, missing] = accessKeyId
    ? (['accessKeyId', 'accessKeySecret'] as const)
    : (['accessKeySecret', 'accessKeyId'] as const);
  throw new TokenError({ code: 'config', message: `${variables[there]} is set, and ${variables[missing]} is not` });
}
