/** A data folder with one user who may create tickets and refresh tokens. */

import { operations } from '@hufu/wire/sls';
import type { Caller } from '../requests/sls.ts';
import { createDataFolder, type DataFolder } from './data-folder.ts';
import type { HufuOptions } from './hufu.ts';
import { hostOf, type Target } from './target.ts';

export interface Installation extends AsyncDisposable {
  readonly folder: string;
  /** One process at a time may serve it. */
  serve(options?: Pick<HufuOptions, 'environment' | 'nodeFlags'>): Promise<HufuTarget>;
}

export interface HufuTarget extends Target {
  readonly caller: Caller;
}

const policy = {
  Version: '1',
  Statement: [
    {
      Effect: 'Allow',
      Action: [operations.createTicket.action, operations.refreshToken.action],
      Resource: 'acs:log:*:*:ticket/*',
    },
  ],
};

/** @param parent folder on the disk that is to be measured. */
export async function install(parent: string | undefined): Promise<Installation> {
  const data = await createDataFolder(parent);
  const key = await setUp(data);
  return {
    folder: data.path,
    async serve(options) {
      const target = await data.serve(options);
      return { ...target, caller: { ...key, host: hostOf(target) } };
    },
    [Symbol.asyncDispose]: () => data[Symbol.asyncDispose](),
  };
}

async function setUp(data: DataFolder): Promise<Omit<Caller, 'host'>> {
  await using target = await data.serve();
  await data.post(target, '/tenants', { id: 'bench', name: 'Benchmark' });
  await data.post(target, '/users', { tenant: 'bench', id: 'caller', name: 'Caller', policy });
  const created = await data.post(target, '/accesskeys', { tenant: 'bench', userId: 'caller' });
  return { accessKeyId: String(created.id), accessKeySecret: String(created.secret) };
}
