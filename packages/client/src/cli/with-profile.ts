/** Work with the token source of a profile, whose failures are said with its name and with what to do. */

import { isTokenError } from '../core/errors.ts';
import { eventNotes } from './event-notes.ts';
import type { ClientIo } from './io.ts';
import type { OpenOptions, OpenProfile } from './open-profile.ts';
import { exitCodes } from './terminal/exit-codes.ts';
import { CliError } from './terminal/failure.ts';
import { tokenFailure } from './token-failure.ts';

/** Closes the source afterwards. Throws `CliError` where the source throws `TokenError`. */
export async function withProfile<Result>(
  io: ClientIo,
  name: string,
  options: OpenOptions,
  work: (profile: OpenProfile) => Promise<Result>,
): Promise<Result> {
  // Loaded late: `--help` needs none of it.
  const { openProfile } = await import('./open-profile.ts');
  let isPersonal = false;
  try {
    await using profile = await openProfile(io, name, { onEvent: eventNotes(io, name), ...options });
    isPersonal = profile.provider.traits.interactive === true;
    return await work(profile);
  } catch (thrown) {
    throw explained(io, name, thrown, isPersonal);
  }
}

/** What `withProfile` throws in place of `thrown`. @param isPersonal the session is a person's. */
export function explained(io: Pick<ClientIo, 'program'>, name: string, thrown: unknown, isPersonal: boolean): unknown {
  const failure = tokenFailure(thrown, name);
  if (!failure || !isTokenError(thrown)) return thrown;
  const hint = hintOf(
    io,
    name,
    failure.exitCode,
    isPersonal || thrown.code === 'interaction_required',
    thrown.retryAfterMs,
  );
  return hint === undefined ? failure : new CliError(failure.exitCode, failure.code, `${failure.message}\n${hint}`);
}

function hintOf(
  { program }: Pick<ClientIo, 'program'>,
  name: string,
  exitCode: number,
  isByLogin: boolean,
  retryAfterMs: number | undefined,
): string | undefined {
  if (exitCode === exitCodes.loginNeeded && isByLogin) return `log in: ${program} login ${name}`;
  if (retryAfterMs !== undefined) {
    const seconds = Math.ceil(retryAfterMs / 1000);
    return `it is asked again in ${seconds} s at the earliest; to ask now: ${program} refresh ${name}`;
  }
  const isTheirs =
    exitCode === exitCodes.loginNeeded || exitCode === exitCodes.network || exitCode === exitCodes.refused;
  return isTheirs ? `to find out why: ${program} doctor ${name}` : undefined;
}
