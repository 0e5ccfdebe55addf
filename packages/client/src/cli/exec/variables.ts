/** Which variables a child gets, and with which part of the token in each. Pure. */

import { localEndMs } from '../../adapters/local-end.ts';
import type { Json } from '../../core/types.ts';
import { requestHeader } from '../formats/header.ts';
import { rfc3339 } from '../formats/instant.ts';
import type { Issued } from '../formats/issued.ts';
import { type Variables, variablesOf } from '../formats/variables.ts';
import { usageError } from '../terminal/failure.ts';

/** `NAME=part`, as `--env` has it. */
export interface Wanted {
  readonly name: string;
  readonly part: string;
}

const form = /^([A-Za-z_][A-Za-z0-9_]*)=(.+)$/;

export function wantedOf(text: string): Wanted {
  const [, name, part] = form.exec(text) ?? [];
  if (name !== undefined && part !== undefined) return { name, part };
  throw usageError('--env: allowed: NAME=token, NAME=header, NAME=expires-at, or NAME= and a field beside the token');
}

/** Those that were asked for and no others; where none was, those that fit the provider (`variablesOf`). */
export function childVariables(issued: Issued, wanted: readonly Wanted[]): Variables {
  if (wanted.length === 0) return variablesOf(issued);
  return Object.fromEntries(wanted.map(({ name, part }) => [name, partOf(issued, part)]));
}

function partOf(issued: Issued, part: string): string {
  const { token } = issued;
  switch (part) {
    case 'token':
      return token.token;
    case 'header':
      return requestHeader(issued).value;
    case 'expires-at': {
      const endMs = localEndMs(token);
      // An empty text is how scripts see that no end is known.
      return endMs === undefined ? '' : rfc3339(endMs);
    }
    default: {
      const text = Object.hasOwn(token.extra, part) ? textOf(token.extra[part]) : undefined;
      if (text !== undefined) return text;
      const names = ['token', 'header', 'expires-at', ...Object.keys(token.extra)];
      throw usageError(`--env: a token of this profile has no ${part}, but ${names.join(', ')}`);
    }
  }
}

/** What is no plain value goes as JSON. */
const textOf = (value: Json | undefined): string | undefined =>
  value === undefined || value === null ? undefined : typeof value === 'string' ? value : JSON.stringify(value);
