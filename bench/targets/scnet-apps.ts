/** What SCNet needs in a data folder: an organisation, a region, and for each user an access key and an account there. */

import type { ScnetCaller } from '../requests/scnet.ts';
import { userIdOf, users } from '../requests/users.ts';
import type { DataFolder } from './data-folder.ts';
import type { Target } from './target.ts';

export interface ScnetApps {
  /** In which every user has an account, beside the platform's own. */
  readonly region: string;
  /** One for each user. */
  readonly callers: readonly ScnetCaller[];
}

const region = '11112';

export async function setUpScnet({ post, put }: DataFolder, target: Target, tenant: string): Promise<ScnetApps> {
  await post(target, '/clients', { tenant, name: 'Organisation', dialect: 'scnet', type: 'organisation' });
  await post(target, '/regions', { id: region, name: 'OpenAPI计算中心' });
  const callers = Array.from({ length: users }, async (_, number): Promise<ScnetCaller> => {
    const user = userIdOf(number);
    const account = { account: `act${number}`, homePath: `/public/home/act${number}` };
    await put(target, `/regions/${region}/accounts/${tenant}/${user}`, account);
    const { id, secret } = await post(target, '/accesskeys', { tenant, userId: user });
    return { user, accessKey: String(id), secretKey: String(secret) };
  });
  return { region, callers: await Promise.all(callers) };
}
