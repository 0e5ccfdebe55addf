/** Where the server can be reached, once it listens. */

import type { Server } from 'node:http';

/** A server that listens on every address is reached at one: the machine's own. */
const everyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

export function urlOf(server: Server, host: string, isTls: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const reached = everyAddress[host] ?? host;
  return `${isTls ? 'https' : 'http'}://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
