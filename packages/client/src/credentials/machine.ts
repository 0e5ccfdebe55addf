/** The AccessKey that this machine has: the environment's, else that of the CLI's profile. */

import process from 'node:process';
import type { AccessKeySource } from '../core/access-key.ts';
import { TokenError } from '../core/errors.ts';
import { accessKeyFromCliProfile, type CliProfileOptions } from './cli-profile.ts';
import { type Environment, keyIn, variables } from './environment.ts';

/**
 * Looks where the vendor's tools look, in their order. `ALIBABA_CLOUD_CLI_PROFILE_DISABLED=true` leaves the profile out.
 *
 * @example sls({ credentials: accessKeyFromMachine() })
 */
export function accessKeyFromMachine(options: CliProfileOptions = {}, env: Environment = process.env): AccessKeySource {
  const fromProfile = accessKeyFromCliProfile(options, env);
  return () => {
    const found = keyIn(env);
    if (found) return found;
    if (env.ALIBABA_CLOUD_CLI_PROFILE_DISABLED?.toLowerCase() !== 'true') return fromProfile();
    const message = `${variables.accessKeyId} is not set, and ALIBABA_CLOUD_CLI_PROFILE_DISABLED is`;
    throw new TokenError({ code: 'config', message });
  };
}
