/** Puts the demo data of SCNet into the store. What is there already stays as the tester left it. */

import { platformRegion } from '@hufu/wire/scnet';
import { createAccessKey } from '../service/administer-access-keys.ts';
import { saveAccount } from '../service/administer-accounts.ts';
import { createRegion } from '../service/administer-regions.ts';
import { createTenant } from '../service/administer-tenants.ts';
import type { Administration } from '../service/administration.ts';
import type { RequestContext } from '../service/context.ts';
import { type ScnetCluster, type ScnetDemo, scnetTenant as tenant, scnetUserId as userId } from './demo-scnet.ts';
import { ensure, ensureApp, ensureUser } from './ensure.ts';

export async function seedScnet(
  administration: Administration,
  { user: loginName, password, orgId, accessKey, secretKey, clusters }: ScnetDemo,
  context: RequestContext,
): Promise<void> {
  if (!administration.clientTypes.some(({ dialect }) => dialect === 'scnet')) return;
  await ensure(createTenant(administration, { id: tenant, name: 'Demo organisation' }, context));
  const user = { tenant, id: userId, name: '演示用户', policy: [], loginName, password };
  const organisation = { tenant, dialect: 'scnet', type: 'organisation', name: 'Demo organisation', id: orgId };
  const regions = clusters.filter(({ clusterId }) => clusterId !== platformRegion.clusterId);
  const [isNew] = await Promise.all([
    ensureUser(administration, user, context),
    ensureApp(administration, organisation, context),
    ...regions.map((cluster) => ensure(createRegion(administration, regionOf(cluster), context))),
  ]);
  await Promise.all([
    ensure(createAccessKey(administration, { tenant, userId, id: accessKey, secret: secretKey }, context)),
    // An account that the tester withdrew must not come back with the next start.
    ...(isNew ? regions : []).map(({ clusterId: regionId, status }) => {
      const edit = { account: 'act0001', homePath: '/public/home/act0001', status };
      return saveAccount(administration, { tenant, userId, regionId }, edit, context);
    }),
  ]);
}

/** Addresses of the form that the vendor's have; nobody is there. */
function regionOf({ clusterId: id, clusterName: name }: ScnetCluster) {
  const at = (service: string, port: number) => `https://r${id}.example.com:${port}/${service}`;
  const services = {
    ingressUrls: [{ url: `https://r${id}.example.com`, version: '5.2.2' }],
    efileUrls: [{ url: at('efile', 65103), version: '2.6.1', nodeName: 'h04r3n07', udpPort: '65104' }],
    eshellUrls: [{ url: at('eshell', 65105), version: '2.4.3', enable: false }],
    hpcUrls: [{ url: at('hpc', 65106), version: '5.2.2' }],
    aiUrls: [{ url: at('ai', 65106), version: '2.4.3' }],
  };
  return { id, name, description: 'Demo region', services };
}
