/**
 * What can stand at the cursor of a command line, read from the commander program itself: a command or an option that is added
 * there is completed without another word. Pure; the shells ask through `words.ts`.
 */

import type { Argument, Command, Option } from 'commander';
import { optionOf, type Position, positionAt, takersIn, valueNameOf } from './position.ts';

export interface Candidate {
  readonly value: string;
  /** One line; may be empty. */
  readonly description: string;
}

export interface Completions {
  readonly candidates: readonly Candidate[];
  /** What the shell offers beside them by its own means. */
  readonly also: 'nothing' | 'files' | 'commands';
}

/** What the program itself cannot know, asked only where it is needed. */
export interface Surroundings {
  readonly profiles: () => Promise<readonly Candidate[]>;
}

/** Names of arguments and values, as help shows them in `<…>`, that have a meaning here. */
const profileNames = /^profiles?$/;
const fileNames = /^(?:file|path|dir|folder|socket|home)$/;
const commandNames = /^(?:command|cmd)$/;

const nothing: Completions = { candidates: [], also: 'nothing' };

/**
 * @param before the words between the program's name and the word at the cursor.
 * @param current what is there of that word, empty after a space. Candidates are whole words that begin with it.
 */
export async function completionsFor(
  program: Command,
  before: readonly string[],
  current: string,
  surroundings: Surroundings,
): Promise<Completions> {
  const position = positionAt(program, before);
  const [name, value] = position.kind === 'operand' && !position.isLiteral ? splitOption(current) : [current];
  if (value !== undefined) {
    const option = optionOf(position.command, name);
    const found = option ? await valuesOf(option, surroundings) : nothing;
    const candidates = found.candidates.map((one) => ({ ...one, value: `${name}=${one.value}` }));
    return beginningWith(current, { ...found, candidates });
  }
  return beginningWith(current, await completionsAt(position, current, surroundings));
}

async function completionsAt(position: Position, current: string, surroundings: Surroundings): Promise<Completions> {
  const { command, operands, isLiteral } = position;
  const mayBeOption = position.kind === 'operand' || position.isSatisfied;
  if (mayBeOption && !isLiteral && current.startsWith('-')) {
    return { candidates: optionsOf(position), also: 'nothing' };
  }
  if (position.kind === 'value') return valuesOf(position.option, surroundings);
  const taken = takersIn(command).flatMap(({ registeredArguments }) => registeredArguments);
  const argument = taken[operands] ?? taken.findLast(({ variadic }) => variadic);
  const values = argument ? await valuesOf(argument, surroundings) : nothing;
  return operands === 0 && !isLiteral
    ? { ...values, candidates: [...subcommandsOf(command), ...values.candidates] }
    : values;
}

const subcommandsOf = (command: Command): Candidate[] =>
  command
    .createHelp()
    .visibleCommands(command)
    .map((child) => ({ value: child.name(), description: firstLine(child.summary() || child.description()) }));

/** Those that were not given yet, or may be given again. */
const optionsOf = ({ command, given }: Position): Candidate[] =>
  takersIn(command)
    .flatMap((taker) => taker.createHelp().visibleOptions(taker))
    .filter((option, at, all) => all.findIndex(({ long }) => long === option.long) === at)
    .filter((option) => option.variadic || !given.has(option.attributeName()))
    .map((option) => ({
      value: option.long ?? option.short ?? '',
      description: firstLine(option.description),
    }));

async function valuesOf(taker: Argument | Option, { profiles }: Surroundings): Promise<Completions> {
  const name = valueNameOf(taker);
  const choices = taker.argChoices?.map((value) => ({ value, description: '' }));
  if (choices) return { candidates: choices, also: 'nothing' };
  if (profileNames.test(name)) return { candidates: await profiles(), also: 'nothing' };
  if (fileNames.test(name)) return { candidates: [], also: 'files' };
  return commandNames.test(name) ? { candidates: [], also: 'commands' } : nothing;
}

/** `--name=value` in its parts; without a value, the word alone. */
function splitOption(word: string): [name: string, value?: string] {
  const at = word.startsWith('--') ? word.indexOf('=') : -1;
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

const beginningWith = (start: string, { candidates, also }: Completions): Completions => ({
  candidates: candidates.filter(({ value }) => value.startsWith(start)),
  also,
});

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';
