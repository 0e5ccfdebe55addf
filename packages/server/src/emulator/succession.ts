/** One life of the emulator after the other, behind one port. */

import { hangDoor } from './door.ts';
import { beginLife, beginLifeAgain, type Life, type World } from './life.ts';

export interface Succession {
  readonly url: string;
  /** The present one. */
  readonly life: Life;
  /** Ends the present life and begins another from the seed state. After a failure nobody is served any more. */
  next(): Promise<void>;
  end(): Promise<void>;
}

/** How long the requests of a life may go on after its end was asked for. */
const graceMs = 500;

/** The first life, which brings the port. */
export async function beginSuccession(world: World): Promise<Succession> {
  const { clock, faults, requests } = world;
  const first = await beginLife(world);
  const door = hangDoor(first.server.app.server);
  const url = await first.server.listen().catch(async (error: unknown) => {
    await first.server.close();
    throw error;
  });
  let life = first;
  door.open(life.server.app.routing);

  async function next(): Promise<void> {
    faults.clear();
    faults.release();
    await door.shut(graceMs);
    requests.clear();
    await (life === first ? first.server.release() : life.server.close());
    clock.reset();
    life = await beginLifeAgain(world, life, url);
    await life.server.listen();
    door.open(life.server.app.routing);
  }

  return {
    url,
    get life() {
      return life;
    },
    next,
    async end() {
      faults.release();
      await door.shut(graceMs);
      door.wallUp();
      await first.server.close();
      await life.server.close();
    },
  };
}
