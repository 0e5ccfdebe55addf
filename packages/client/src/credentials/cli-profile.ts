/** The AccessKey in a profile of the Alibaba Cloud CLI, `~/.aliyun/config.json`. */

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { AccessKey, AccessKeySource } from '../core/access-key.ts';
import { TokenError } from '../core/errors.ts';
import type { Environment } from './environment.ts';

export interface CliProfileOptions {
  /** Default: `ALIBABA_CLOUD_PROFILE`, else the file's current one. */
  readonly profile?: string | undefined;
  /** Default: `~/.aliyun/config.json`. */
  readonly path?: string | undefined;
}

/** Members of the file as the CLI and `@alicloud/credentials` 2.4.7 have them. */
interface Profile {
  readonly name?: unknown;
  readonly mode?: unknown;
  readonly access_key_id?: unknown;
  readonly access_key_secret?: unknown;
  readonly sts_token?: unknown;
}

/**
 * Reads a profile of the modes `AK` and `StsToken` at each use, so that `aliyun configure` is heard of. Other modes ask other
 * services first: a function of your own can. Throws `TokenError` with `config`, which never tells what the file holds.
 *
 * @example sls({ credentials: accessKeyFromCliProfile({ profile: 'tickets' }) })
 */
export function accessKeyFromCliProfile(
  { profile, path = join(homedir(), '.aliyun', 'config.json') }: CliProfileOptions = {},
  env: Environment = process.env,
): AccessKeySource {
  return async () => keyOf(await profileIn(path, profile ?? (env.ALIBABA_CLOUD_PROFILE || undefined)), path);
}

const refuse = (message: string): never => {
  throw new TokenError({ code: 'config', message });
};

async function profileIn(path: string, wanted: string | undefined): Promise<Profile> {
  const text = await readFile(path, 'utf8').catch(() => refuse(`${path} cannot be read: run aliyun configure`));
  const file = objectOf(parsed(text)) ?? refuse(`${path} is no JSON object`);
  const name = wanted ?? file.current;
  const profiles: unknown[] = Array.isArray(file.profiles) ? file.profiles : [];
  const found = profiles.map(objectOf).find((profile) => profile !== undefined && profile.name === name);
  return found ?? refuse(`${path} has no profile ${JSON.stringify(name ?? 'named as the current one')}`);
}

function keyOf(profile: Profile, path: string): AccessKey {
  const { name, mode, access_key_id: id, access_key_secret: secret, sts_token: token } = profile;
  const where = `${path}, profile ${JSON.stringify(name)}`;
  if (mode !== 'AK' && mode !== 'StsToken') {
    return refuse(
      `${where}: mode ${JSON.stringify(mode)} asks another service: use AK or StsToken, or pass a function`,
    );
  }
  if (typeof id !== 'string' || typeof secret !== 'string' || id === '' || secret === '') {
    return refuse(`${where}: access_key_id or access_key_secret is missing`);
  }
  if (mode === 'AK') return { accessKeyId: id, accessKeySecret: secret };
  if (typeof token !== 'string' || token === '') return refuse(`${where}: sts_token is missing`);
  return { accessKeyId: id, accessKeySecret: secret, securityToken: token };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const objectOf = (value: unknown): Partial<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;
