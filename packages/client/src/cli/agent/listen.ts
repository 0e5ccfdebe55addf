/** Opens the agent's door: a socket for its owner alone, or a port on loopback behind a secret. */

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { errnoOf } from '../../files/errno.ts';
import { usageError } from '../terminal/failure.ts';
import type { ServedProfiles } from './answer.ts';
import type { Door } from './guard.ts';
import { agentServer, type ServerOptions } from './server.ts';
import { listenAtSocket } from './socket.ts';

export interface Listening {
  /** Ends at once; whoever waits for an answer gets none. */
  close(): Promise<void>;
}

export interface SocketAgent extends Listening {
  readonly socket: string;
}

export interface TcpAgent extends Listening {
  /** Without a slash at its end. */
  readonly url: string;
  readonly secret: string;
}

/** Throws `CliError` where another agent answers at the socket, or something else is in the way. */
export async function agentAtSocket(
  profiles: ServedProfiles,
  path: string,
  options?: ServerOptions,
): Promise<SocketAgent> {
  const server = agentServer(profiles, () => ({ kind: 'socket' }), options);
  await listenAtSocket(server, path);
  return { socket: path, close: () => close(server) };
}

/** @param port 0 for a free one. */
export async function agentAtPort(profiles: ServedProfiles, port: number, options?: ServerOptions): Promise<TcpAgent> {
  const secret = randomBytes(32).toString('base64url');
  let door: Door | undefined;
  const server = agentServer(profiles, () => (door ??= { kind: 'tcp', port: portOf(server), secret }), options);
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  await once(server, 'listening').catch((error: unknown) => {
    throw usageError(`--tcp: port ${port} cannot be listened at (${errnoOf(error) ?? 'unknown'})`);
  });
  return { url: `http://127.0.0.1:${portOf(server)}`, secret, close: () => close(server) };
}

/** A server on TCP has an address of this form. */
function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}
