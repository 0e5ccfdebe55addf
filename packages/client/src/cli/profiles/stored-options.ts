/** Options of a profile whose secrets a person types, by name. */

import type { Profile } from './profile.ts';
import { readReference } from './reference.ts';

export const storedOptions = ({ options }: Pick<Profile, 'options'>): readonly string[] =>
  Object.entries(options).flatMap(([option, value]) => ('stored' in (readReference(value) ?? {}) ? [option] : []));
