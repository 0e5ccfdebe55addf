/** A data folder of Hufu, set up as an operator would, through the admin API. */

import { randomBytes } from 'node:crypto';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { type HufuOptions, serveHufu } from './hufu.ts';
import { hostOf, type Target } from './target.ts';

export interface DataFolder extends AsyncDisposable {
  readonly path: string;
  readonly masterKey: string;
  /** One process at a time may serve it. */
  serve(options?: Pick<HufuOptions, 'environment' | 'nodeFlags'>): Promise<Target>;
  /** Call the admin API of its server, which has to be up. */
  readonly post: AdminCall;
  readonly put: AdminCall;
}

type AdminCall = (target: Target, path: string, body: object) => Promise<Readonly<Record<string, unknown>>>;

/** @param parent folder on the disk that is to be measured. */
export async function createDataFolder(parent: string | undefined): Promise<DataFolder> {
  const folder = await temporaryFolder('data', parent);
  const options = {
    folder: folder.path,
    masterKey: randomBytes(32).toString('base64'),
    adminToken: randomBytes(32).toString('hex'),
  };
  const calling =
    (method: 'POST' | 'PUT'): AdminCall =>
    async (target, path, body) => {
      const text = JSON.stringify(body);
      const headers = [
        ['host', hostOf(target)],
        ['authorization', `Bearer ${options.adminToken}`],
        ['content-type', 'application/json'],
        ['content-length', String(Buffer.byteLength(text))],
      ] as const;
      const request = { method, path: `/admin/v1${path}`, headers, body: text } as const;
      return JSON.parse(await sendSuccessfully(target.url, request));
    };
  return {
    path: folder.path,
    masterKey: options.masterKey,
    serve: (more = {}) => serveHufu({ ...options, ...more }),
    post: calling('POST'),
    put: calling('PUT'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}
