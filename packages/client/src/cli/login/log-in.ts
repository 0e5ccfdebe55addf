/**
 * Logs in: a person at a page of the server, or the secrets that the profile has. Nothing is kept until the server has given a
 * token, and then the token first: whoever ends the command before leaves everything as it was.
 */

import { endPause } from '../end-pause.ts';
import { eventNotes } from '../event-notes.ts';
import type { ClientIo } from '../io.ts';
import { openProfile } from '../open-profile.ts';
import { type StatusView, statusOf } from '../status-view.ts';
import { exitCodes } from '../terminal/exit-codes.ts';
import { CliError } from '../terminal/failure.ts';
import { type PersonOptions, wayOf } from './person.ts';
import { type TypingOptions, typedSecrets } from './typed-secrets.ts';

export interface LoginOptions extends PersonOptions, TypingOptions {
  readonly timeoutMs: number;
}

/** Throws `CliError` and `TokenError`. */
export async function logIn(io: ClientIo, name: string, options: LoginOptions): Promise<StatusView> {
  const onEvent = eventNotes(io, name);
  await using outline = await openProfile(io, name, { onEvent });
  const isPersonal = outline.provider.traits.interactive === true;
  if (isPersonal && !options.input) {
    throw new CliError(
      exitCodes.loginNeeded,
      'interaction_required',
      `${name}: a person has to log in, and --no-input asks nobody`,
    );
  }
  const typed = await typedSecrets(io, outline, options);
  const way = isPersonal ? await wayOf(io, outline, options) : undefined;
  try {
    const { authorize, redirectUri } = way ?? {};
    const policy = { interactiveTimeoutMs: options.timeoutMs };
    await using session = await openProfile(io, name, { onEvent, authorize, redirectUri, typed, policy });
    await endPause(session);
    await session.source.getToken({ interactive: true, forceRefresh: true });
    for (const [option, secret] of Object.entries(typed)) await session.secrets.write(option, secret);
    return await statusOf(session);
  } finally {
    await way?.close();
  }
}
