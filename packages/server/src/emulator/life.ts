/** A life of the emulator: the server that answers from a start, or a reset, until the next reset. */

import type { FastifyInstance } from 'fastify';
import { composeServer, type Server, type ServerParts } from '../compose.ts';
import type { Config } from '../config/schema.ts';
import { requestId } from '../core/ids.ts';
import type { AdminRoute } from '../http/admin/route.ts';
import type { generateKey } from '../keys/generate.ts';
import { systemRandom } from '../keys/random.ts';
import type { RequestContext } from '../service/context.ts';
import type { Clock } from '../service/ports.ts';
import type { ResettableClock } from './clock.ts';
import type { Demo, ServerSecrets } from './demo.ts';
import { earlyKey } from './early-key.ts';
import type { FaultOrders } from './faults.ts';
import type { Folder } from './folder.ts';
import type { Arrived } from './requests.ts';
import { seedDemo, seedTemporary } from './seed.ts';
import type { StagedRandom } from './seeded-random.ts';
import { putSnapshot, type Snapshot, takeSnapshot } from './snapshot.ts';

/** What every life has in common. */
export interface World {
  readonly config: Config;
  readonly origins: ReadonlyMap<string, string>;
  readonly folder: Folder;
  readonly clock: ResettableClock;
  /** By which callers may sign, whatever the tester does to the other one. */
  readonly callersClock: Clock;
  /** `undefined` where the tester chose no seed. */
  readonly random: StagedRandom | undefined;
  /** That the tester chose. */
  readonly seed: string | undefined;
  readonly secrets: ServerSecrets;
  readonly demo: Promise<Demo>;
  readonly faults: FaultOrders;
  readonly requests: Arrived;
  readonly watch: (app: FastifyInstance, parts: ServerParts) => void;
  readonly devRoutes: readonly AdminRoute[];
}

export interface Life {
  /** It answers from `listen` on. */
  readonly server: Server;
  /** The temporary credentials that are shown. */
  readonly temporary: { readonly number: number; readonly expiresAtMs: number };
  /** To begin further lives from; `undefined` where the folder held more than the demo data of a first start. */
  readonly snapshot: Snapshot | undefined;
}

/**
 * The life of a start, on what the folder holds.
 *
 * @param url where an earlier life listened, that this one takes the place of.
 */
export async function beginLife(world: World, url?: string): Promise<Life> {
  const { folder } = world;
  const isFirst = folder.state.starts === 1;
  const server = await compose(world, url, isFirst ? earlyKey(world.seed) : undefined);
  return closingOnFailure(server, async () => {
    const demo = await world.demo;
    const { privateKeyPem } = demo.pds.jwtApp;
    folder.save({ ...folder.state, jwtAppKeyPem: privateKeyPem });
    folder.showKey(privateKeyPem);
    await seedDemo(server.parts, demo, contextOf(world));
    const temporary = await renewTemporary(world, server);
    const snapshot = isFirst ? takeSnapshot(folder) : undefined;
    return awakened(world, { server, temporary, snapshot });
  });
}

/** The life after a reset, from the seed state. Whoever had the folder open has closed it. */
export async function beginLifeAgain(world: World, { snapshot }: Life, url: string): Promise<Life> {
  const { folder } = world;
  if (!snapshot) {
    folder.wipe();
    folder.save({ ...folder.state, starts: 1, temporary: undefined });
    return beginLife(world, url);
  }
  putSnapshot(folder, snapshot);
  const server = await compose(world, url, undefined);
  return closingOnFailure(server, async () =>
    awakened(world, { server, temporary: await renewTemporary(world, server), snapshot }),
  );
}

async function compose(
  world: World,
  url: string | undefined,
  generate: typeof generateKey | undefined,
): Promise<Server> {
  const { config, origins, clock, callersClock, random, folder, secrets, watch, devRoutes } = world;
  // A kept folder has its ids from earlier starts, so each start of it draws from streams of its own.
  random?.enter(`start ${folder.state.starts}`);
  return composeServer(config, {
    clock,
    callersClock,
    ...(random && { random }),
    ...(generate && { generateKey: generate }),
    ...(url !== undefined && { url }),
    isTransient: folder.isTemporary,
    watch,
    adminRoutes: () => devRoutes,
    ...secrets,
    origins,
  });
}

/** However much was drawn until here, the ids of what comes now begin at the same place. */
function awakened(world: World, life: Life): Life {
  world.random?.enter(`serve ${world.folder.state.starts}`);
  return life;
}

async function closingOnFailure(server: Server, act: () => Promise<Life>): Promise<Life> {
  try {
    return await act();
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function renewTemporary(world: World, { parts }: Server): Promise<Life['temporary']> {
  const { folder } = world;
  const { starts, temporary: earlier } = folder.state;
  const numbers = { earlier, next: Math.max(starts, (earlier ?? 0) + 1) };
  const temporary = await seedTemporary(parts, await world.demo, numbers, contextOf(world));
  folder.save({ ...folder.state, temporary: temporary.number });
  return temporary;
}

function contextOf({ clock, random }: World): RequestContext {
  const nowMs = clock.nowMs();
  return { requestId: requestId(nowMs, (random ?? systemRandom).hex(16)), nowMs, remote: '' };
}
