/** Where in a command the words before the cursor lead: which command it is, and whether an option waits for its value. */

import { Argument, type Command, type Option } from 'commander';

interface Place {
  readonly command: Command;
  /** Arguments of the command that are there already. */
  readonly operands: number;
  /** Behind `--`, where nothing is an option. */
  readonly isLiteral: boolean;
  /** Names of the options that were given (`attributeName`). */
  readonly given: ReadonlySet<string>;
}

export type Position =
  | ({ readonly kind: 'value'; readonly option: Option; readonly isSatisfied: boolean } & Place)
  | ({ readonly kind: 'operand' } & Place);

export function positionAt(program: Command, words: readonly string[]): Position {
  let command = program;
  let operands = 0;
  let isLiteral = false;
  let waiting: Option | undefined;
  /** Whether the option would do without the word that it may still take. */
  let isSatisfied = false;
  const given = new Set<string>();
  for (const word of words) {
    const isOption = !isLiteral && /^-./.test(word);
    if (waiting && !(isOption && isSatisfied)) {
      isSatisfied = true;
      if (!waiting.variadic) waiting = undefined;
      continue;
    }
    waiting = undefined;
    if (isOption && word === '--') {
      isLiteral = true;
    } else if (isOption) {
      const [name = ''] = word.split('=', 1);
      const option = optionOf(command, name);
      if (option) given.add(option.attributeName());
      if (option && takesValue(option) && !word.includes('=')) {
        waiting = option;
        isSatisfied = !option.required;
      }
    } else {
      const child = operands === 0 && !isLiteral ? childOf(command, word) : undefined;
      if (child) command = child;
      else operands += 1;
    }
  }
  const place = { command, operands, isLiteral, given };
  return waiting ? { kind: 'value', option: waiting, isSatisfied, ...place } : { kind: 'operand', ...place };
}

const takesValue = ({ required, optional }: Option): boolean => required || optional;

/** @param name as it is written: `--format`, `-f`. */
export const optionOf = (command: Command, name: string): Option | undefined =>
  takersIn(command)
    .flatMap(({ options }) => options)
    .find(({ long, short }) => long === name || short === name);

/** The command, and the verb that is meant where none is named: its options and arguments count, too. */
export function takersIn(command: Command): readonly Command[] {
  // Commander has no public name for it; without it, less is offered.
  const name: unknown = Reflect.get(command, '_defaultCommandName');
  const verb = command.commands.find((child) => child.name() === name);
  return verb ? [command, verb] : [command];
}

const childOf = (command: Command, word: string): Command | undefined =>
  command.commands.find((child) => child.name() === word || child.aliases().includes(word));

/** What help shows as `<name>`. */
export function valueNameOf(taker: Argument | Option): string {
  if (taker instanceof Argument) return taker.name();
  return /[<[]([^\]>.]+)/.exec(taker.flags)?.[1] ?? '';
}
