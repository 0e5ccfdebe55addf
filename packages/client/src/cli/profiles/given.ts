/** A profile as the command line gives it, in the form in which it stands in the file. */

import { usageError } from '../terminal/failure.ts';
import type { Reference } from './profile.ts';
import { isProviderName, providerShape } from './provider-shapes.ts';
import { shapeOf } from './read-profile.ts';
import { parseReference } from './reference.ts';
import type { OptionKind, OptionShapes } from './shape.ts';

export interface GivenProfile {
  readonly provider?: string | undefined;
  readonly grant?: string | undefined;
  readonly storage?: string | undefined;
  /** `option=value` each. */
  readonly set: readonly string[];
  /** `option=place` each. */
  readonly secret: readonly string[];
  readonly unset?: readonly string[] | undefined;
}

type Raw = Readonly<Record<string, unknown>>;

/** @param before what stands there, and stays where nothing is given. The result is unchecked: `readProfile` does that. */
export function givenProfile(before: Raw, { provider, grant, storage, set, secret, unset = [] }: GivenProfile): Raw {
  const named = { provider, grant, storage };
  const profile: Record<string, unknown> = { ...before };
  for (const [name, value] of Object.entries(named)) if (value !== undefined) profile[name] = value;
  for (const name of unset) delete profile[name];
  const values = pairs('--set', set);
  const places = pairs('--secret', secret);
  const only = onlyGrantFor(
    profile,
    [...values, ...places].map(([option]) => option),
  );
  if (only !== undefined) profile.grant ??= only;
  const shapes = shapesOf(profile);
  for (const [option, text] of values) {
    const shape = shapeOf(shapes, option);
    if (shape?.isSecret) throw usageError(`--set ${option}: it is a secret: say where it is, by --secret ${option}=…`);
    profile[option] = shape ? valueFrom(shape.kind, text) : text;
  }
  for (const [option, place] of places) {
    profile[option] = parseReference(option, place) satisfies Reference;
  }
  return profile;
}

/**
 * The one grant of the provider that has all of these options. Where several have them, somebody has to say which: what is left
 * out never decides, since a service account may do more than the user who was forgotten.
 */
function onlyGrantFor({ provider }: Raw, options: readonly string[]): string | undefined {
  if (!isProviderName(provider)) return undefined;
  const grants = Object.entries(providerShape(provider).grants);
  const fitting = grants.filter(([, shape]) => options.every((option) => Object.hasOwn(shape.options, option)));
  return fitting.length === 1 ? fitting[0]?.[0] : undefined;
}

/** The options that a profile may have; none where its provider or grant is wrong, which `readProfile` says. */
export function shapesOf({ provider, grant }: Raw): OptionShapes {
  if (!isProviderName(provider)) return {};
  const { grants } = providerShape(provider);
  const [only, ...more] = Object.values(grants);
  const found = typeof grant === 'string' && Object.hasOwn(grants, grant) ? grants[grant] : undefined;
  return (found ?? (more.length === 0 ? only : undefined))?.options ?? {};
}

function pairs(flag: string, given: readonly string[]): readonly (readonly [option: string, value: string])[] {
  return given.map((text) => {
    const at = text.indexOf('=');
    // What stands there may be a secret: it is not repeated.
    if (at < 1) throw usageError(`${flag}: allowed: OPTION=VALUE`);
    return [text.slice(0, at), text.slice(at + 1)];
  });
}

/** What cannot be read stays as it is, so that `readProfile` refuses it with what is allowed. */
export function valueFrom(kind: OptionKind, text: string): unknown {
  switch (kind) {
    case 'seconds':
    case 'ms':
      return /^\d{1,15}$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : text;
    case 'object':
      return parsed(text);
    case 'accessKey':
      return text.startsWith('alibaba-cli:') ? { 'alibaba-cli': text.slice('alibaba-cli:'.length) } : text;
    case 'text':
      return text;
    default:
      return text;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
