/** What begins and ends a grant from outside: one that was got elsewhere is put in place, one that is no longer wanted goes. */

import type { Engine } from './engine.ts';
import { revoke } from './exchange-within.ts';
import type { Flight } from './flight.ts';
import type { IssuedToken } from './issued-token.ts';
import { instantOf } from './lifetime.ts';
import type { Grant } from './provider.ts';

const mostTries = 10;

/** Puts the grant in place of whatever stands there. A refresh of the old one finds the record changed, and gives way. */
export async function replaceGrant(engine: Engine, grant: Grant): Promise<IssuedToken> {
  const { clock } = engine.parts;
  const since = instantOf(clock);
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const before = await engine.read();
    const change = { grant, receivedAtMs: since.wallMs, skewMs: clock.offsetMs() };
    const record = engine.successor(before, change);
    if ((await engine.put(record, before)) === 'ok') return engine.take(record, engine.issued(record, grant, since));
  }
  throw engine.error('store_conflict', 'the record changes all the time');
}

/**
 * Removes the record, and what a refresh under way puts in its place, and ends the grants at the server. True where that is
 * known to have worked.
 */
export async function endSession(engine: Engine, revokes: boolean, underWay: Flight | undefined): Promise<boolean> {
  const ended = [await remove(engine)];
  if (underWay) {
    // It finds the record gone and throws away what it gets, except where its own write came in between.
    await underWay.join(undefined).catch(() => {});
    ended.push(await remove(engine));
  }
  if (!revokes) return false;
  const grants = ended.filter((grant) => grant !== undefined);
  const outcomes = await Promise.all(grants.map((grant) => revoke(engine, grant)));
  return outcomes.length > 0 && outcomes.every((isRevoked) => isRevoked);
}

/** Removes exactly what was read, so that its grant can be revoked; returns that. */
async function remove(engine: Engine): Promise<Grant | undefined> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    // A record that cannot be read, or not be opened, has to go all the same.
    const record = await engine.stored().catch(() => undefined);
    if (!record) break;
    if ((await engine.erase(record.generation)) === 'ok') return record.grant;
  }
  await engine.erase(undefined);
  return undefined;
}
