/** Looks at what a caller gave before anything of it is sent. Each throws `TokenError` with `config`. */

import { TokenError } from './errors.ts';

export const refuse = (problem: string): never => {
  throw new TokenError({ code: 'config', message: problem });
};

/** A name that nobody reads is a mistake, and mostly a misspelt one. */
export function checkNames(given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) refuse(`there is no ${name}, but ${known.join(', ')}`);
  }
}

/** A text with something in it. Unset variables arrive as `undefined`, or as that word. */
export function textOf<Name extends string>(given: { readonly [Key in Name]?: unknown }, name: Name): string {
  const value = given[name];
  if (typeof value === 'string' && !/^(?:undefined|null|)$/.test(value)) return value;
  return refuse(`${name} is empty, or no text: is a variable not set?`);
}

/** A text, or `undefined` where the name is not there at all: one that is there has to be good. */
export const optionalTextOf = <Name extends string>(
  given: { readonly [Key in Name]?: unknown },
  name: Name,
): string | undefined => (name in given ? textOf(given, name) : undefined);
