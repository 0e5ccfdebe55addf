/** Demo data of SCNet: an organisation, a user who logs in by password and by AK/SK, and regions with an account in each. */

import type { AccountStatus } from '../core/region.ts';
import type { Random } from '../service/ports.ts';
import { alphabets, randomText } from '../service/random-text.ts';

/** The demo organisation is a tenant of its own. */
export const scnetTenant = 'scnetdemo';
export const scnetUserId = '11655048541';

export interface ScnetDemo {
  readonly user: string;
  readonly password: string;
  readonly orgId: string;
  readonly accessKey: string;
  readonly secretKey: string;
  /** The regions of the user with the state of the account there, and the platform's own row. */
  readonly clusters: readonly ScnetCluster[];
}

export interface ScnetCluster {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly status: AccountStatus;
}

/** Names and numbers of the vendor's samples. */
const clusters: readonly ScnetCluster[] = [
  { clusterId: '11112', clusterName: 'OpenAPI计算中心', status: 'Normal' },
  { clusterId: '11126', clusterName: '华东一区【昆山】', status: 'Owe' },
  { clusterId: '111131', clusterName: 'test中心', status: 'Disable' },
  { clusterId: '0', clusterName: 'ac', status: 'Normal' },
];

export function scnetDemoOf(stream: (name: string) => Random): ScnetDemo {
  // 32 hexadecimal digits: the form of the vendor's samples.
  const id = (name: string): string => stream(name).hex(32);
  return {
    user: 'demo',
    password: randomText(stream('scnet user password'), alphabets.base62, 16),
    orgId: id('scnet organisation'),
    accessKey: id('scnet access key'),
    secretKey: id('scnet secret key'),
    clusters,
  };
}
