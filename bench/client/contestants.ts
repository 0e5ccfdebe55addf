/** Who is compared: the client beside what Alibaba Cloud publishes for the same tasks. */

import { peerVersions } from '../peers.ts';

export interface Contestant {
  readonly name: 'hufu' | 'sdk' | 'credentials';
  readonly title: string;
  /** What `npm install` is given. */
  readonly specifiers: readonly string[];
  /** What a program imports that uses it. */
  readonly modules: readonly string[];
  /** Gets a ticket and says so; `undefined` for what does not speak SLS. */
  readonly ticketProgram: string | undefined;
}

const pinned = (names: readonly string[]): string[] =>
  Object.entries(peerVersions(names)).map(([name, version]) => `${name}@${version}`);

const sdkModules = ['@alicloud/sls20201230', '@alicloud/openapi-core'];
const credentialsModules = ['@alicloud/credentials'];

/** @param tarballs of our packages. */
export const contestantsWith = (tarballs: readonly string[]): readonly Contestant[] => [
  {
    name: 'hufu',
    title: '@hufu/client, its provider for SLS',
    specifiers: tarballs,
    modules: ['@hufu/client', '@hufu/client/providers/sls'],
    ticketProgram: 'hufu-ticket.mjs',
  },
  {
    name: 'sdk',
    title: sdkModules.join(', '),
    specifiers: pinned(sdkModules),
    modules: sdkModules,
    ticketProgram: 'sdk-ticket.mjs',
  },
  {
    name: 'credentials',
    title: credentialsModules.join(),
    specifiers: pinned(credentialsModules),
    modules: credentialsModules,
    ticketProgram: undefined,
  },
];
