/** Where a value is to be found, in the file and on the command line. */

import { isAbsolute, resolve } from 'node:path';
import { usageError } from '../terminal/failure.ts';
import type { Reference } from './profile.ts';

export const referenceForms = '{ "env": NAME }, { "file": PATH }, { "command": [PROGRAM, …] } or { "stored": true }';

/** `undefined` where it is none. The file of a reference is absolute, or begins with `~/`. */
export function readReference(value: unknown): Reference | undefined {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return undefined;
  if ('env' in value && isText(value.env)) return { env: value.env };
  if ('file' in value && isText(value.file) && (isAbsolute(value.file) || value.file.startsWith('~/'))) {
    return { file: value.file };
  }
  if ('command' in value && Array.isArray(value.command) && value.command.length > 0 && value.command.every(isText)) {
    return { command: value.command };
  }
  return 'stored' in value && value.stored === true ? { stored: true } : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/**
 * What stands behind `--secret NAME=`: `env:NAME`, `file:PATH`, `command:PROGRAM ARGUMENT …` (or a JSON list, where an argument
 * has a blank in it), `stored`. A secret itself is refused, and not repeated.
 */
export function parseReference(option: string, text: string): Reference {
  const [, way, rest = ''] = /^(env|file|command):(.+)$/s.exec(text) ?? [];
  if (text === 'stored') return { stored: true };
  switch (way) {
    case 'env':
      return { env: rest };
    case 'file':
      return { file: rest.startsWith('~/') ? rest : resolve(rest) };
    case 'command': {
      const found = readReference({ command: rest.startsWith('[') ? parsed(rest) : rest.trim().split(/\s+/) });
      if (found) return found;
      throw usageError(`--secret ${option}: the command is neither words nor a JSON list of them`);
    }
    default:
      throw usageError(
        `--secret ${option}: say where it is, not what it is: env:NAME, file:PATH, command:PROGRAM ARGUMENT …, or stored`,
      );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** For people: never what it gives. */
export function referenceText(reference: Reference): string {
  if ('env' in reference) return `env:${reference.env}`;
  if ('file' in reference) return `file:${reference.file}`;
  return 'command' in reference ? `command:${reference.command.join(' ')}` : 'stored';
}
