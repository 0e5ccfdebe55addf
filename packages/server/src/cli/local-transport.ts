/** Reaches the admin API of a data folder whose server is down: the same server, in this process, without listening. */

import { randomBytes } from 'node:crypto';
import type { Config } from '../config/schema.ts';
import type { AdminTransport } from './admin-client.ts';
import type { Io } from './io.ts';

export interface LocalTransport extends AdminTransport {
  /** Good for this process only. */
  readonly token: string;
}

export async function localTransport(io: Io, config: Config): Promise<LocalTransport> {
  const token = randomBytes(32).toString('base64url');
  // Standard output is for the result.
  const server = await io.openServer({ ...config, log: { ...config.log, level: 'silent' } }, token);
  return {
    token,
    async send({ method, path, token: presented, body }) {
      const headers: Record<string, string> = { authorization: `Bearer ${presented}` };
      if (body !== undefined) headers['content-type'] = 'application/json';
      const answer = await server.app.inject({
        method,
        url: path,
        headers,
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, body: answer.body };
    },
    close: () => server.close(),
  };
}
