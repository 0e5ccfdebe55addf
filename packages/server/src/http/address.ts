/** Where the server can be reached, once it listens. */

import type { Server } from 'node:http';

export function urlOf(server: Server, host: string, isTls: boolean): string {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `${isTls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
