/** The demo data's names and secrets. All of them follow from the seed, each from a stream of its own: adding one changes none. */

import { newMasterKey } from '../keys/master.ts';
import { alphabets, randomSecret, randomText } from '../service/random-text.ts';
import { type OAuthDemo, oauthDemoOf } from './demo-oauth.ts';
import { type PdsDemo, pdsDemoOf } from './demo-pds.ts';
import { type ScnetDemo, scnetDemoOf } from './demo-scnet.ts';
import { streamsOf } from './seeded-random.ts';

/** Looks like an Alibaba Cloud account; the applications of OAuth are at home here as well. */
export const demoTenant = '1234567890123456';
export const demoUser = 'demo';
/** A user without a policy: may do nothing. */
export const deniedUser = 'denied';

/** How long temporary credentials live. */
export const temporarySeconds = 60 * 60;

export interface DemoAccessKey {
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

export interface DemoTemporary extends DemoAccessKey {
  readonly securityToken: string;
}

/** What the server itself is given. */
export interface ServerSecrets {
  readonly masterKey: string;
  readonly adminToken: string;
}

export interface Demo {
  readonly lasting: DemoAccessKey;
  readonly denied: DemoAccessKey;
  /** One set for each number. */
  temporary(number: number): DemoTemporary;
  readonly pds: PdsDemo;
  readonly scnet: ScnetDemo;
  readonly oauth: OAuthDemo;
}

export function serverSecretsOf(seed: string): ServerSecrets {
  const stream = streamsOf(seed);
  return { masterKey: newMasterKey(stream('master key')), adminToken: randomSecret(stream('admin token')) };
}

/** @param jwtAppKeyPem private key of the demo JWT application: `demo-key.ts` makes it. */
export function demoOf(seed: string, jwtAppKeyPem: string): Demo {
  const stream = streamsOf(seed);
  const secret = (name: string): string => randomSecret(stream(name));
  const accessKey = (name: string, prefix: string): DemoAccessKey => {
    const random = stream(name);
    const accessKeyId = prefix + randomText(random, alphabets.upperDigits, 20);
    return { accessKeyId, accessKeySecret: randomSecret(random) };
  };
  return {
    lasting: accessKey('access key', 'HUFU'),
    denied: accessKey('denied access key', 'HUFU'),
    temporary: (number) => ({
      ...accessKey(`temporary access key ${number}`, 'STS.HUFU'),
      securityToken: secret(`security token ${number}`),
    }),
    pds: pdsDemoOf(stream, jwtAppKeyPem),
    scnet: scnetDemoOf(stream),
    oauth: oauthDemoOf(stream, demoUser),
  };
}
