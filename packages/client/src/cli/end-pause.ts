/** Ends the pause that a server is given after a failure: a person asked for it, who may have mended what was wrong. */

import { systemClock } from '../core/clock.ts';
import { successor } from '../core/record.ts';
import type { OpenProfile } from './open-profile.ts';

/** Best effort: a record that others change at this moment has moved on by itself. */
export async function endPause({ provider, storage }: OpenProfile): Promise<void> {
  const key = await provider.key();
  const record = await storage.store.read(key);
  if (!record?.cooldown) return;
  const { intent, dead, generation, writer } = record;
  const kept = { ...(intent && { intent }), ...(dead && { dead }) };
  const next = successor({ clock: systemClock(), writer }, record, kept);
  await storage.store.write(key, next, { ifGeneration: generation });
}
