/** What `hufu app create` and `hufu app update` take, and the body that they make of it. */

import { repeated } from '@hufu/client/terminal';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readInput } from './input.ts';
import type { Io } from './io.ts';
import { whole } from './rows.ts';

export interface AppOptions {
  readonly name?: string;
  readonly redirectUri: readonly string[];
  readonly scope: readonly string[];
  readonly publicKey?: string;
  readonly thirdParty?: boolean;
  readonly rotation?: boolean;
  readonly retryWindow?: number | 'default';
  readonly may?: readonly string[];
  readonly resource: readonly string[];
}

const permissions = ['introspect', 'revoke'];
const longestRetryWindowSeconds = 600;

export const withAppOptions = (command: Command): Command =>
  command
    .option('--redirect-uri <uri>', 'where codes go, exactly; may be repeated', repeated, [])
    .option('--scope <scope>', "scope that it may ask for; may be repeated (default: every scope, as '')", repeated, [])
    .option('--public-key <file>', 'PEM or JWK that checks what it signs, - for standard input')
    .option('--third-party', 'users are asked before it gets their tokens')
    .option('--no-third-party', 'users are not asked')
    .option('--rotation', 'each refresh makes a new refresh token')
    .option('--no-rotation', 'its refresh token stays the same; for applications that authenticate')
    .option(
      '--retry-window <seconds>',
      `how long a used refresh token gives its successor again, 0 to ${longestRetryWindowSeconds}, or default`,
      readRetryWindow,
    )
    .option(
      '--resource <uri>',
      "resource whose tokens it may ask about; may be repeated (default: every one, as '')",
      repeated,
      [],
    )
    .option('--may <permissions>', `what it may do, of ${permissions.join(',')}`, readPermissions);

export const outOption = new Option(
  '--out <file>',
  'new file, for its owner only, that gets the secret or the private key',
);

/** Members that nobody named are absent. */
export async function bodyOf(io: Io, options: AppOptions): Promise<Record<string, unknown>> {
  const { name, redirectUri, scope, publicKey, thirdParty, may, resource } = options;
  return {
    ...(name === undefined ? {} : { name }),
    ...(redirectUri.length === 0 ? {} : { redirectUris: redirectUri }),
    ...(scope.length === 0 ? {} : { scopes: scope.filter((one) => one !== '') }),
    ...(publicKey === undefined ? {} : { publicKey: await readInput(io, publicKey, 'public key') }),
    ...(thirdParty === undefined ? {} : { thirdParty }),
    ...rotationOf(options),
    ...(may === undefined ? {} : { permissions: may }),
    ...(resource.length === 0 ? {} : { resources: resource.filter((one) => one !== '') }),
  };
}

function rotationOf({ rotation, retryWindow }: AppOptions): object {
  if (rotation === undefined && retryWindow === undefined) return {};
  return { rotation: { rotates: rotation, retryWindowSeconds: retryWindow === 'default' ? null : retryWindow } };
}

const readSeconds = whole(0, longestRetryWindowSeconds);

const readRetryWindow = (given: string): number | 'default' => (given === 'default' ? given : readSeconds(given));

function readPermissions(text: string): string[] {
  const named = text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
  if (named.every((word) => permissions.includes(word))) return [...new Set(named)];
  throw new InvalidArgumentError(`allowed: ${permissions.join(', ')}, separated by commas`);
}
