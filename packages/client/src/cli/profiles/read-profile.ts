/** Checks a profile as it stands in the file, and says of what is wrong which profile and which field it is. */

import { usageError } from '../terminal/failure.ts';
import { type OptionValue, type Profile, type StorageName, storageNames } from './profile.ts';
import { isProviderName, providerNames, providerShape } from './provider-shapes.ts';
import { readReference, referenceForms } from './reference.ts';
import type { OptionShape, OptionShapes } from './shape.ts';
import { storedOptions } from './stored-options.ts';

/** @param value a member of `profiles` in the file. Throws `CliError`, which never tells a value. */
export function readProfile(name: string, value: unknown): Profile {
  const refuse = (problem: string): never => {
    throw usageError(`profile ${JSON.stringify(name)}: ${problem}`);
  };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refuse('it is no JSON object');
  const { provider, grant, storage = 'auto', ...given }: Readonly<Record<string, unknown>> = { ...value };
  if (!isProviderName(provider)) return refuse(`provider: allowed: ${providerNames.join(', ')}`);
  const { grants } = providerShape(provider);
  const names = Object.keys(grants);
  const chosen = grant ?? (names.length === 1 ? names[0] : undefined);
  const shape = typeof chosen === 'string' && Object.hasOwn(grants, chosen) ? grants[chosen] : undefined;
  if (!shape || typeof chosen !== 'string') return refuse(`grant: allowed: ${names.join(', ')}`);
  if (!isStorageName(storage)) return refuse(`storage: allowed: ${storageNames.join(', ')}`);
  const options: Record<string, OptionValue> = {};
  for (const [option, found] of Object.entries(given)) {
    const one = shapeOf(shape.options, option);
    if (!one) return refuse(`there is no ${option}, but ${Object.keys(shape.options).join(', ')}`);
    const read = readValue(one, found);
    if (read === undefined) return refuse(`${option}: ${allowedText(one)}`);
    options[option] = read;
  }
  const missing = missingOptions(shape.options, options)[0];
  if (missing !== undefined) {
    return refuse(`${missing} is missing: ${shape.options[missing]?.what ?? ''}; ${hintFor(shape.options, missing)}`);
  }
  if (storage === 'memory' && (chosen === 'code' || storedOptions({ options }).length > 0)) {
    return refuse('storage: memory keeps nothing between two commands: neither a session nor a stored secret');
  }
  return { provider, grant: chosen, storage, options };
}

const hintFor = (shapes: OptionShapes, option: string): string =>
  shapes[option]?.isSecret
    ? `say where it is, by --secret ${option}=env:NAME or another place`
    : `set it by --set ${option}=…`;

export const missingOptions = (shapes: OptionShapes, options: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(shapes).flatMap(([option, { isNeeded }]) => (isNeeded && !(option in options) ? [option] : []));

const isStorageName = (value: unknown): value is StorageName => storageNames.some((name) => name === value);

export const shapeOf = (shapes: OptionShapes, option: string): OptionShape | undefined =>
  Object.hasOwn(shapes, option) ? shapes[option] : undefined;

/** The value, where it is one of this shape. */
function readValue({ kind, isSecret }: OptionShape, value: unknown): OptionValue | undefined {
  if (isSecret) return readReference(value);
  switch (kind) {
    case 'text': {
      const reference = readReference(value);
      // What is no secret is needed before anybody was asked to type it.
      if (reference) return 'stored' in reference ? undefined : reference;
      return typeof value === 'string' && value !== '' ? value : undefined;
    }
    case 'seconds':
    case 'ms':
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
    case 'boolean':
      return typeof value === 'boolean' ? value : undefined;
    case 'object':
      return isObject(value) ? value : undefined;
    case 'accessKey':
      return value === 'machine' ? value : cliProfileOf(value);
    default:
      return kind.find((word) => word === value);
  }
}

function cliProfileOf(value: unknown): OptionValue | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1 || !('alibaba-cli' in value)) return undefined;
  const { 'alibaba-cli': profile } = value;
  return typeof profile === 'string' && profile !== '' ? { 'alibaba-cli': profile } : undefined;
}

/** It was read from JSON. */
const isObject = (value: unknown): value is Extract<OptionValue, object> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function allowedText({ kind, isSecret }: OptionShape): string {
  if (isSecret) return `a secret never stands in the file, but where it is: ${referenceForms}`;
  switch (kind) {
    case 'text':
      return 'allowed: a text, or where it is: { "env": NAME }, { "file": PATH } or { "command": [PROGRAM, …] }';
    case 'seconds':
      return 'allowed: a whole number of seconds';
    case 'ms':
      return 'allowed: a whole number of milliseconds';
    case 'boolean':
      return 'allowed: true, false';
    case 'object':
      return 'allowed: a JSON object';
    case 'accessKey':
      return 'allowed: "machine", { "alibaba-cli": PROFILE }';
    default:
      return `allowed: ${kind.join(', ')}`;
  }
}
