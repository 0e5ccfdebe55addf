/** Looks at what a caller gave before anything of it is sent. */

import { TokenError } from './errors.ts';

/** Throws `TokenError` with `config`. @param call the method or function that was called. */
export const refuseGiven = (call: string, problem: string): never => {
  throw new TokenError({ code: 'config', message: `${call}: ${problem}` });
};

/** A name that nobody reads is a mistake, and mostly a misspelt one. @param hints what to say of well-known ones. */
export function checkNames(
  call: string,
  given: object,
  known: readonly string[],
  hints: { readonly [name: string]: string } = {},
): void {
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const hint = Object.hasOwn(hints, name) ? hints[name] : `known are ${known.join(', ')}`;
    refuseGiven(call, `there is no ${name}: ${hint}`);
  }
}

/** A text with something in it. Unset variables arrive as `undefined`, or as that word. */
export function textOf(call: string, name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '' && value !== 'undefined' && value !== 'null') return value;
  const problem = value === '' ? 'is empty' : `is ${typeof value === 'string' ? `the word "${value}"` : kindOf(value)}`;
  return refuseGiven(call, `${name} ${problem}: is a variable not set?`);
}

const kindOf = (value: unknown): string => (value === undefined || value === null ? `${value}` : `no text`);

/** A text, or `undefined` where the name is not there at all. One that is there has to be good. */
export const optionalTextOf = <Name extends string>(
  call: string,
  name: Name,
  given: { readonly [Key in Name]?: unknown },
): string | undefined => (name in given ? textOf(call, name, given[name]) : undefined);
