/** Options of the login page: how long it lets people in, and how it slows those down who guess. */

import { z } from 'zod';
import type { LoginPolicy } from '../core/login-attempts.ts';
import { optionalText, whole } from './option.ts';

const hour = 60 * 60;
const day = 24 * hour;
const kibibyte = 1024;

export const login = z.strictObject({
  defaultTenant: optionalText(
    'Tenant whose users `/login` means when no application has sent them. Default: none, the page asks nobody in by itself.',
  ),
  sessionLifetimeSeconds: whole(12 * hour, 60, 30 * day, 's', 'How long a browser stays signed in, whatever it does.'),
  handleLifetimeSeconds: whole(
    600,
    30,
    hour,
    's',
    'How long a page of the login may stay open before it is filled in.',
  ),
  nameFreeFailures: whole(3, 0, 1000, 'attempts', 'Wrong passwords in a row for one name that cost nothing.'),
  nameFirstDelaySeconds: whole(
    1,
    1,
    hour,
    's',
    'How long one name rests after the first wrong password beyond those; each further one doubles it.',
  ),
  nameLongestDelaySeconds: whole(60, 1, day, 's', 'Longest rest of one name, short of a lock.'),
  nameLockAfterFailures: whole(
    10,
    0,
    1000,
    'attempts',
    'Wrong passwords in a row that lock one name; 0 never locks, so that nobody can lock others out.',
  ),
  nameLockSeconds: whole(900, 1, day, 's', 'How long a name stays locked.'),
  nameForgetAfterSeconds: whole(day, 60, 30 * day, 's', 'A name that nobody tried for so long starts from nothing.'),
  addressFreeFailures: whole(
    50,
    0,
    100_000,
    'attempts',
    'Wrong passwords in a row from one address, whatever names, that cost nothing. IPv6: a network of 64 bits.',
  ),
  addressFirstDelaySeconds: whole(1, 1, hour, 's', 'As `login.nameFirstDelaySeconds`, for one address.'),
  addressLongestDelaySeconds: whole(60, 1, day, 's', 'As `login.nameLongestDelaySeconds`, for one address.'),
  addressLockAfterFailures: whole(0, 0, 100_000, 'attempts', 'As `login.nameLockAfterFailures`, for one address.'),
  addressLockSeconds: whole(300, 1, day, 's', 'As `login.nameLockSeconds`, for one address.'),
  addressForgetAfterSeconds: whole(hour, 60, 30 * day, 's', 'As `login.nameForgetAfterSeconds`, for one address.'),
  passwordMemoryKibibytes: whole(
    19 * kibibyte,
    8,
    4 * kibibyte * kibibyte,
    'KiB',
    'Memory that Argon2id takes for one password. It and the two below hold for passwords that are set from now on.',
  ),
  passwordPasses: whole(2, 1, 1000, 'passes', 'Passes of Argon2id over that memory.'),
  passwordParallelism: whole(1, 1, 64, 'lanes', 'Lanes of Argon2id.'),
  passwordConcurrency: whole(2, 1, 64, 'passwords', 'Passwords that are hashed at once; the others wait in line.'),
  passwordQueueLength: whole(
    200,
    0,
    100_000,
    'passwords',
    'Passwords in that line; beyond it a login is refused as busy.',
  ),
  nameLimitCharacters: whole(320, 1, 4096, 'characters', 'Longest user name that is looked up.'),
  passwordLimitCharacters: whole(1024, 8, 16 * kibibyte, 'characters', 'Longest password that is looked at.'),
  queryLimitBytes: whole(
    6 * kibibyte,
    512,
    256 * kibibyte,
    'bytes',
    'Longest query of an authorization request. After the login it travels in the request line, at half as much again.',
  ),
  bodyLimitBytes: whole(32 * kibibyte, kibibyte, kibibyte * kibibyte, 'bytes', 'Largest form that a page sends.'),
});

export type LoginConfig = Readonly<z.output<typeof login>>;

const namePolicy = (options: LoginConfig): LoginPolicy => ({
  freeFailures: options.nameFreeFailures,
  firstDelaySeconds: options.nameFirstDelaySeconds,
  longestDelaySeconds: options.nameLongestDelaySeconds,
  lockAfterFailures: options.nameLockAfterFailures,
  lockSeconds: options.nameLockSeconds,
  forgetAfterSeconds: options.nameForgetAfterSeconds,
});

const addressPolicy = (options: LoginConfig): LoginPolicy => ({
  freeFailures: options.addressFreeFailures,
  firstDelaySeconds: options.addressFirstDelaySeconds,
  longestDelaySeconds: options.addressLongestDelaySeconds,
  lockAfterFailures: options.addressLockAfterFailures,
  lockSeconds: options.addressLockSeconds,
  forgetAfterSeconds: options.addressForgetAfterSeconds,
});

/** How the server is reached, as far as the login cares. */
interface Reach {
  readonly tlsCertFile?: string | undefined;
  readonly plainHttp: 'loopback-only' | 'behind-proxy';
  readonly publicUrl?: string | undefined;
}

/** Cookies are `Secure` wherever browsers come by TLS: to us, or to the proxy that the operator speaks of. */
export const loginSettings = (options: LoginConfig, { tlsCertFile, plainHttp, publicUrl }: Reach) => ({
  ...options,
  names: namePolicy(options),
  addresses: addressPolicy(options),
  isSecure:
    tlsCertFile !== undefined ||
    (publicUrl === undefined ? plainHttp === 'behind-proxy' : publicUrl.startsWith('https:')),
  publicOrigin: publicUrl === undefined ? undefined : URL.parse(publicUrl)?.origin,
});

export const passwordSettings = (options: LoginConfig) => ({
  memoryKibibytes: options.passwordMemoryKibibytes,
  passes: options.passwordPasses,
  parallelism: options.passwordParallelism,
  concurrency: options.passwordConcurrency,
  queueLength: options.passwordQueueLength,
});

/** How long a count of attempts can still matter after the last one. */
export function attemptsKeptSeconds(options: LoginConfig): number {
  return Math.max(
    ...[namePolicy(options), addressPolicy(options)].flatMap((policy) => [
      policy.forgetAfterSeconds,
      policy.lockSeconds,
      policy.longestDelaySeconds,
    ]),
  );
}

/** Settings that contradict each other. Each sentence names the options. */
export function loginProblems(options: LoginConfig, maxHeaderBytes: number): string[] {
  const problems: string[] = [];
  const leastKibibytes = 8 * options.passwordParallelism;
  if (options.passwordMemoryKibibytes < leastKibibytes) {
    problems.push(
      `login.passwordMemoryKibibytes: allowed: ${leastKibibytes} or more, 8 for each login.passwordParallelism`,
    );
  }
  if (handleBytes(options.queryLimitBytes) > maxHeaderBytes - otherHeaderBytes) {
    problems.push(
      'login.queryLimitBytes: a request of this size would not come back in a request line; raise server.maxHeaderBytes to two times it and 4096 more',
    );
  }
  if (handleBytes(options.queryLimitBytes) + fieldBytes(options) > options.bodyLimitBytes) {
    problems.push(
      'login.bodyLimitBytes: allowed: two times login.queryLimitBytes, and room for the longest name and password',
    );
  }
  return problems;
}

/** Cookies and the rest of what a browser sends. */
const otherHeaderBytes = 4096;

/** A query is quoted and sealed; its base64url takes 4/3 of that. */
const handleBytes = (queryBytes: number): number => Math.ceil((queryBytes + 512) * (4 / 3));

/** A character of a form takes nine bytes at most. */
const fieldBytes = ({ nameLimitCharacters, passwordLimitCharacters }: LoginConfig): number =>
  9 * (nameLimitCharacters + passwordLimitCharacters) + 512;
