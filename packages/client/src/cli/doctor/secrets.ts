/** Can everything be found that the profile says is somewhere else? Finds it, and never shows it. */

import type { OptionValue, Profile } from '../profiles/profile.ts';
import { readReference, referenceText } from '../profiles/reference.ts';
import { type Places, resolveReference } from '../profiles/resolve.ts';
import { type Check, failed, messageOf, ok, skipped } from '../terminal/check.ts';

export interface SecretsReport {
  readonly check: Check;
  /** The profile's options, with what was found in the place of references. Secret. */
  readonly options: Readonly<Record<string, OptionValue>>;
}

export async function checkSecrets({ options }: Pick<Profile, 'options'>, places: Places): Promise<SecretsReport> {
  const found: Record<string, OptionValue> = { ...options };
  const seen: string[] = [];
  for (const [option, value] of Object.entries(options)) {
    const reference = readReference(value);
    if (!reference) continue;
    try {
      found[option] = await resolveReference(option, reference, places);
      seen.push(`${option} (${referenceText(reference)})`);
    } catch (error) {
      return { check: failed('secrets', messageOf(error)), options: found };
    }
  }
  const check = seen.length === 0 ? skipped('secrets', 'the profile names none') : ok('secrets', seen.join(', '));
  return { check, options: found };
}
