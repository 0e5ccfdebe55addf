/** What the figures of a part were measured on, with and how. */

import type { Load } from './load/load.ts';
import { describeMachine } from './machine.ts';
import { windowSeconds } from './measure/growth.ts';
import type { Options } from './options.ts';
import type { Part } from './parts.ts';
import { peerVersions } from './peers.ts';
import type { Conditions } from './results.ts';

export async function describeConditions(part: Part, load: Load, options: Options): Promise<Conditions> {
  return {
    measuredAt: new Date().toISOString(),
    machine: await describeMachine(options.data),
    versions: peerVersions(peers[part]),
    how: how(part, load, options),
  };
}

/** Packages of bench/package.json that are compared. */
const peers: Readonly<Record<Part, readonly string[]>> = {
  tickets: ['fastify', 'oidc-provider'],
  sessions: ['fastify', 'oidc-provider'],
  growth: ['fastify'],
  client: ['@alicloud/sls20201230', '@alicloud/openapi-core', '@alicloud/credentials'],
  start: [],
};

function how(part: Part, load: Load, { connections, rounds, seconds, growthRounds, starts }: Options): string {
  const by = `load by ${load.name} with ${connections} connections`;
  switch (part) {
    case 'tickets':
    case 'sessions':
      return `${by}, median of ${rounds} rounds of ${seconds} s`;
    case 'growth':
      return `${by}, median of ${growthRounds} rounds of ${windowSeconds} s`;
    case 'client':
      return `medians of ${starts} fresh processes, and of ${rounds} rounds of ${seconds} s for gets`;
    case 'start':
      return `medians of ${starts} fresh processes`;
  }
}
