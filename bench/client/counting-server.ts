/** Answers as a server of temporary credentials does (`ALIBABA_CLOUD_CREDENTIALS_URI`), and counts the calls. */

import { once } from 'node:events';
import { createServer } from 'node:http';

export interface CountingServer extends AsyncDisposable {
  readonly url: string;
  readonly calls: number;
}

const lifetimeMs = 6 * 3_600_000;
/** All callers of a stampede may come at once. */
const backlog = 4096;

export async function startCountingServer(): Promise<CountingServer> {
  let calls = 0;
  const server = createServer((_request, response) => {
    calls++;
    const answer = {
      Code: 'Success',
      AccessKeyId: `STS.${calls}`,
      AccessKeySecret: 'x'.repeat(44),
      SecurityToken: `${calls}`.padEnd(600, 'x'),
      // To the second: other spellings are not read everywhere.
      Expiration: new Date(Date.now() + lifetimeMs).toISOString().replace(/\.\d+/, ''),
    };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  });
  server.listen({ host: '127.0.0.1', port: 0, backlog });
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    get calls() {
      return calls;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
