/** The demo data's names and secrets. All of them follow from the seed, each from a stream of its own: adding one changes none. */

import { newMasterKey } from '../keys/master.ts';
import { alphabets, randomSecret, randomText } from '../service/random-text.ts';
import { seededRandom } from './seeded-random.ts';

/** Looks like an Alibaba Cloud account. */
export const demoTenant = '1234567890123456';
export const demoUser = 'demo';
/** A user without a policy: may do nothing. */
export const deniedUser = 'denied';
export const resourceServer = 'resource-server';

/** How long temporary credentials live. */
export const temporarySeconds = 60 * 60;

export interface DemoAccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface DemoTemporary extends DemoAccessKey {
  readonly securityToken: string;
}

export interface Demo {
  readonly masterKey: string;
  readonly adminToken: string;
  readonly lasting: DemoAccessKey;
  readonly denied: DemoAccessKey;
  /** One set for each number. */
  temporary(number: number): DemoTemporary;
  readonly resourceServer: { readonly clientId: string; readonly clientSecret: string };
}

export function demoOf(seed: string): Demo {
  const stream = (name: string) => seededRandom(JSON.stringify([seed, name]));
  const secret = (name: string): string => randomSecret(stream(name));
  const accessKey = (name: string, prefix: string): DemoAccessKey => {
    const random = stream(name);
    const accessKeyId = prefix + randomText(random, alphabets.upperDigits, 20);
    return { accessKeyId, accessKeySecret: randomSecret(random) };
  };
  return {
    masterKey: newMasterKey(stream('master key')),
    adminToken: secret('admin token'),
    lasting: accessKey('access key', 'HUFU'),
    denied: accessKey('denied access key', 'HUFU'),
    temporary: (number) => ({
      ...accessKey(`temporary access key ${number}`, 'STS.HUFU'),
      securityToken: secret(`security token ${number}`),
    }),
    resourceServer: { clientId: resourceServer, clientSecret: secret('resource server') },
  };
}
