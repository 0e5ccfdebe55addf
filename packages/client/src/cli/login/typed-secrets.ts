/** The secrets of a profile that a person types. */

import { text as readAll } from 'node:stream/consumers';
import type { ClientIo } from '../io.ts';
import type { OpenProfile } from '../open-profile.ts';
import { storedOptions } from '../profiles/stored-options.ts';
import { exitCodes } from '../terminal/exit-codes.ts';
import { CliError, usageError } from '../terminal/failure.ts';

export interface TypingOptions {
  /** Whether a person may be asked. */
  readonly input: boolean;
  /** The option whose secret comes on standard input. */
  readonly stdin?: string | undefined;
}

/** By option. One that is stored already may be left as it is by typing nothing. */
export async function typedSecrets(
  io: ClientIo,
  { name, profile, secrets }: OpenProfile,
  { input, stdin }: TypingOptions,
): Promise<Readonly<Record<string, string>>> {
  const options = storedOptions(profile);
  if (stdin !== undefined && !options.includes(stdin)) {
    throw usageError(
      `--stdin ${stdin}: ${name} has no such stored secret${options.length ? `, but ${options.join(', ')}` : ''}`,
    );
  }
  const typed: Record<string, string> = {};
  for (const option of options) {
    const isStored = (await secrets.read(option)) !== undefined;
    const given = await ask(io, option, isStored, { input, stdin });
    if (given !== '') typed[option] = given;
    else if (!isStored) {
      const message = `${name}: ${option} has to be typed: on a terminal, or given by --stdin ${option}`;
      throw new CliError(exitCodes.loginNeeded, 'interaction_required', message);
    }
  }
  return typed;
}

async function ask(io: ClientIo, option: string, isStored: boolean, { input, stdin }: TypingOptions): Promise<string> {
  if (option === stdin) return (await readAll(io.stdin)).replace(/\r?\n$/, '');
  if (!input || stdin !== undefined || !io.askHidden) return '';
  return io.askHidden(`${option}${isStored ? ' (nothing: as it is)' : ''}: `);
}
