/** A data folder with the applications, users and resources of the session measurements. */

import { randomBytes } from 'node:crypto';
import { type AssertionKey, newAssertionKey } from '../requests/assertions.ts';
import type { OAuthClient } from '../requests/oauth.ts';
import { userIdOf, users } from '../requests/users.ts';
import { createDataFolder, type DataFolder } from './data-folder.ts';
import type { HufuOptions } from './hufu.ts';
import { type ScnetApps, setUpScnet } from './scnet-apps.ts';
import type { Target } from './target.ts';

export interface SessionInstallation extends AsyncDisposable {
  readonly folder: string;
  readonly apps: Apps;
  /** Options by their environment names, for whoever opens the folder in this process. */
  readonly environment: Readonly<Record<string, string>>;
  /** One process at a time may serve it. */
  serve(options?: Pick<HufuOptions, 'nodeFlags'>): Promise<Target>;
}

export interface Apps {
  /** Audience of assertions, and of access tokens for which nothing else was asked. */
  readonly issuer: string;
  readonly tenant: string;
  /** May use client_credentials, jwt-bearer and refresh tokens. */
  readonly service: OAuthClient & { readonly key: AssertionKey };
  readonly resourceServer: OAuthClient;
  /** Its access tokens are opaque. */
  readonly opaqueResource: string;
  readonly jwtApp: { readonly clientId: string; readonly key: AssertionKey };
  readonly scnet: ScnetApps;
}

const issuer = 'https://hufu.example.com';
const opaqueResource = 'https://opaque.example.com';
const tenant = 'bench';

/** @param parent folder on the disk that is to be measured. */
export async function installSessions(parent: string | undefined): Promise<SessionInstallation> {
  const data = await createDataFolder(parent);
  const environment = { HUFU_SERVER_PUBLIC_URL: issuer };
  const apps = await setUp(data);
  return {
    folder: data.path,
    apps,
    environment: { ...environment, HUFU_DATA_DIR: data.path, HUFU_DATA_MASTER_KEY: data.masterKey },
    serve: (options) => data.serve({ ...options, environment }),
    [Symbol.asyncDispose]: () => data[Symbol.asyncDispose](),
  };
}

async function setUp(data: DataFolder): Promise<Apps> {
  await using target = await data.serve();
  const post = (path: string, body: object) => data.post(target, path, body);
  await post('/tenants', { id: tenant, name: 'Benchmark' });
  const people = Array.from({ length: users }, (_, number) => ({ id: userIdOf(number), name: `User ${number}` }));
  await Promise.all(people.map((user) => post('/users', { tenant, ...user })));
  await post('/resources', { tenant, id: opaqueResource, name: 'Opaque', accessTokens: 'opaque' });
  const [serviceKey, jwtAppKey] = [newAssertionKey('ES256'), newAssertionKey('RS256')];
  const service = await post('/clients', {
    tenant,
    name: 'Service',
    type: 'service',
    publicKey: serviceKey.publicPem,
  });
  const resourceServer = await post('/clients', { tenant, name: 'Resource server', permissions: ['introspect'] });
  const jwtApp = await post('/clients', {
    tenant,
    // 16 letters and digits, as the vendor's are.
    id: randomBytes(8).toString('hex'),
    name: 'JWT application',
    dialect: 'pds',
    type: 'JWT',
    publicKey: jwtAppKey.publicPem,
  });
  return {
    issuer,
    tenant,
    service: { id: String(service.id), secret: String(service.secret), key: serviceKey },
    resourceServer: { id: String(resourceServer.id), secret: String(resourceServer.secret) },
    opaqueResource,
    jwtApp: { clientId: String(jwtApp.id), key: jwtAppKey },
    scnet: await setUpScnet(data, target, tenant),
  };
}
