/** Does somebody listen at the server's address? */

import { connect } from 'node:net';
import { errnoOf } from '../../files/errno.ts';
import { type Check, failed, ok } from '../terminal/check.ts';

export function checkConnection(host: string, port: number, timeoutMs: number): Promise<Check> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const end = (check: Check): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(check);
    };
    const timer = setTimeout(() => end(failed('tcp', silent(host, port, timeoutMs))), timeoutMs);
    socket.once('connect', () => {
      end(ok('tcp', `${host}:${port} took ${Math.round(performance.now() - startedMs)} ms`));
    });
    socket.once('error', (error) => end(failed('tcp', `${host}:${port}: ${reasonOf(error)}`)));
  });
}

const silent = (host: string, port: number, timeoutMs: number): string =>
  `${host}:${port} says nothing for ${timeoutMs} ms: a firewall on the way, or a proxy that has to be used`;

function reasonOf(error: Error): string {
  // Several addresses were tried, and each has its own error.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const errno = errnoOf(first);
  if (errno === 'ECONNREFUSED') return 'nobody listens there: is the server running, is the port right?';
  if (errno === 'EHOSTUNREACH' || errno === 'ENETUNREACH') return 'there is no way there from this machine';
  return `no connection (${errno ?? 'unknown error'})`;
}
