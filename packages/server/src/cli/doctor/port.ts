/** Can the server listen where the configuration says? */

import { createServer } from 'node:net';
import { type Check, failed, messageOf, ok } from '@hufu/client/terminal';

/** @param inUse whether a server has the data folder open, which then has the port too. */
export function checkPort(host: string, port: number, inUse: boolean): Promise<Check> {
  const place = `${host}:${port}`;
  if (port === 0) return Promise.resolve(ok('port', 'the system picks a free one'));
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error) => {
      const taken = 'code' in error && error.code === 'EADDRINUSE';
      if (taken && inUse) resolve(ok('port', `${place} is taken, as it should be: a server runs`));
      else resolve(failed('port', taken ? `${place} is taken by another process` : `${place}: ${messageOf(error)}`));
    });
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(ok('port', `${place} is free`))));
  });
}
