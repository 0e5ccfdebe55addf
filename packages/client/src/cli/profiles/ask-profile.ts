/** Asks a person at a terminal for what a new profile lacks. Secrets are not asked for: where they are is. */

import { log, select, text } from '@clack/prompts';
import type { ClientIo } from '../io.ts';
import { usageError } from '../terminal/failure.ts';
import { shapesOf, valueFrom } from './given.ts';
import { isProviderName, providerShape, shapes } from './provider-shapes.ts';
import { parseReference } from './reference.ts';
import type { OptionShape } from './shape.ts';

type Raw = Readonly<Record<string, unknown>>;

/** @param given as far as the command line says it. @returns the same with what was answered; unchecked. */
export async function askProfile(io: ClientIo, given: Raw): Promise<Raw> {
  const ask = questions(io);
  const profile: Record<string, unknown> = { ...given };
  profile.provider ??= await ask.oneOf(
    'Whose tokens?',
    Object.entries(shapes).map(([name, { what }]) => [name, what]),
  );
  if (!isProviderName(profile.provider)) return profile;
  const grants = Object.entries(providerShape(profile.provider).grants);
  if (grants.length > 1) {
    profile.grant ??= await ask.oneOf(
      'How are they got?',
      grants.map(([name, { what }]) => [name, what]),
    );
  }
  for (const [option, shape] of Object.entries(shapesOf(profile))) {
    const isOpen = shape.isNeeded || (shape.isAsked && !(option === 'credentials' && 'accessKeyId' in profile));
    if (!isOpen || option in profile) continue;
    const value = shape.isSecret ? await ask.place(option, shape) : await ask.value(option, shape);
    if (value !== undefined) profile[option] = value;
  }
  return profile;
}

interface Questions {
  oneOf(message: string, choices: readonly (readonly [value: string, hint: string])[]): Promise<string>;
  /** `undefined`: the default. */
  value(option: string, shape: OptionShape): Promise<unknown>;
  /** `undefined`: none. */
  place(option: string, shape: OptionShape): Promise<unknown>;
}

function questions(io: ClientIo): Questions {
  const streams = { input: io.stdin, output: io.stderr };
  const answered = (value: string | symbol): string => {
    if (typeof value === 'symbol') throw usageError('nothing was added');
    return value;
  };
  const oneOf: Questions['oneOf'] = async (message, choices) => {
    const options = choices.map(([value, hint]) => ({ value, label: value, hint }));
    return answered(await select({ message, options, ...streams }));
  };
  const line = async (message: string, isNeeded: boolean): Promise<string> => {
    const validate = (given = ''): string | undefined =>
      isNeeded && given.trim() === '' ? 'It is needed.' : undefined;
    return answered(await text({ message, validate, ...streams })).trim();
  };
  return {
    oneOf,
    async value(option, { kind, what, isNeeded = false }) {
      const given = await line(`${option}: ${what}`, isNeeded);
      return given === '' ? undefined : valueFrom(kind, given);
    },
    async place(option, { what, isNeeded }) {
      const way = await oneOf(`${option}: ${what}. Where is it?`, [
        ...(isNeeded ? [] : ([['none', 'there is none']] as const)),
        ['stored', 'it is typed at the login, and kept with the tokens'],
        ['env', 'in a variable of the environment'],
        ['file', 'in a file'],
        ['command', 'a program prints it, as password managers do'],
      ]);
      if (way === 'none') return undefined;
      if (way === 'stored') return { stored: true };
      const place = parseReference(option, `${way}:${await line(placeQuestions[way] ?? way, true)}`);
      log.message(`${option} is looked for there when a token is needed.`, { output: io.stderr });
      return place;
    },
  };
}

const placeQuestions: Readonly<Record<string, string>> = {
  env: 'Name of the variable',
  file: 'Path of the file',
  command: 'The program and its arguments, without a shell',
};
