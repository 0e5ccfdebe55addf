/** A data folder with one user who may create tickets and refresh tokens, as an operator would set it up. */

import { randomBytes } from 'node:crypto';
import { operations } from '@hufu/wire/sls';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { sendSuccessfully } from '../requests/send.ts';
import type { Caller } from '../requests/sls.ts';
import { type HufuOptions, serveHufu } from './hufu.ts';
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
  const folder = await temporaryFolder('data', parent);
  const options = {
    folder: folder.path,
    masterKey: randomBytes(32).toString('base64'),
    adminToken: randomBytes(32).toString('hex'),
  };
  const key = await setUp(options);
  return {
    folder: folder.path,
    async serve(more = {}) {
      const target = await serveHufu({ ...options, ...more });
      return { ...target, caller: { ...key, host: hostOf(target) } };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

async function setUp(options: HufuOptions): Promise<Omit<Caller, 'host'>> {
  await using target = await serveHufu(options);
  const post = async (path: string, body: object): Promise<Readonly<Record<string, unknown>>> => {
    const text = JSON.stringify(body);
    const headers = [
      ['host', hostOf(target)],
      ['authorization', `Bearer ${options.adminToken}`],
      ['content-type', 'application/json'],
      ['content-length', String(Buffer.byteLength(text))],
    ] as const;
    const request = { method: 'POST', path: `/admin/v1${path}`, headers, body: text } as const;
    return JSON.parse(await sendSuccessfully(target.url, request));
  };
  await post('/tenants', { id: 'bench', name: 'Benchmark' });
  await post('/users', { tenant: 'bench', id: 'caller', name: 'Caller', policy });
  const created = await post('/accesskeys', { tenant: 'bench', userId: 'caller' });
  return { accessKeyId: String(created.id), accessKeySecret: String(created.secret) };
}
