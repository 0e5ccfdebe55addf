/** The vendor's switches of a console page as options of the command line, by the vendor's names: `hideTopbar` is `--hide-topbar`. */

import { consoleFlags } from '@hufu/wire/sls';
import { type Command, Option } from 'commander';

export type Page = Exclude<keyof typeof consoleFlags, 'any'>;

/** Set by the links themselves, as in the documented ones; `--no-…` takes one back. */
const set: ReadonlySet<string> = new Set(['hideTopbar', 'hideSidebar', 'ignoreTabLocalStorage']);

const namesOf = (page: Page): readonly string[] => [...consoleFlags.any, ...consoleFlags[page]];

const isSet = (page: Page, name: string): boolean => set.has(name) || (page === 'dashboard' && name === 'isShare');

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export function addFlags(command: Command, page: Page): Command {
  for (const name of namesOf(page)) {
    command.addOption(
      isSet(page, name)
        ? new Option(`--no-${kebab(name)}`, `take back ${name}, which the link has`)
        : new Option(`--${kebab(name)}`, `${name}=true`),
    );
  }
  return command;
}

/** Those that differ from what the link does by itself. @param options what commander read: names are the vendor's again. */
export function flagsOf(page: Page, options: Readonly<Record<string, unknown>>): Readonly<Record<string, boolean>> {
  const changed = namesOf(page).filter((name) => options[name] === !isSet(page, name));
  return Object.fromEntries(changed.map((name) => [name, !isSet(page, name)]));
}
