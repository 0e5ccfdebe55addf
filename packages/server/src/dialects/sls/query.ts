/** The query of an SLS request: decoded, without unknown names, each name at most once. */

import { accept, type Decision } from '../../core/reasons.ts';
import { excerpt, malformed } from './problem.ts';

export type Query = ReadonlyArray<readonly [name: string, value: string]>;

export function parseQuery(text: string, known: readonly string[]): Decision<Query> {
  if (text === '') return accept([]);
  const pairs: Array<readonly [string, string]> = [];
  for (const part of text.split('&')) {
    const at = part.indexOf('=');
    const name = decode(at < 0 ? part : part.slice(0, at));
    const value = at < 0 ? '' : decode(part.slice(at + 1));
    if (name === undefined || value === undefined) return malformed('ParameterInvalid', 'query is not well encoded');
    if (!known.includes(name)) {
      return malformed('ParameterInvalid', `parameter ${excerpt(name)} is unknown`, 'unknown parameter');
    }
    if (pairs.some((pair) => pair[0] === name))
      return malformed('ParameterInvalid', `parameter ${name} is given twice`);
    pairs.push([name, value]);
  }
  return accept(pairs);
}

export const parameterOf = (query: Query, name: string): string | undefined =>
  query.find((pair) => pair[0] === name)?.[1];

/** A duration in whole seconds; `undefined` where the parameter is absent. */
export function secondsOf(query: Query, name: string, zero: 'literal' | 'default'): Decision<number | undefined> {
  const text = parameterOf(query, name);
  if (text === undefined) return accept(undefined);
  if (!/^\d{1,10}$/.test(text)) {
    return malformed('ParameterInvalid', `parameter ${name} must be a whole number of seconds`);
  }
  const seconds = Number(text);
  return accept(seconds === 0 && zero === 'default' ? undefined : seconds);
}

function decode(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
