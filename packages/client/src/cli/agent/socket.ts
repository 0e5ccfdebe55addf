/**
 * A Unix socket that its owner alone may use, in the place of one that a dead process left. On Windows a named pipe, which
 * ends with its process.
 */

import { once } from 'node:events';
import { chmod, lstat, mkdir, unlink } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { errnoOf } from '../../files/errno.ts';
import { fileLock } from '../../locks/file/index.ts';
import { exitCodes } from '../terminal/exit-codes.ts';
import { CliError, usageError } from '../terminal/failure.ts';

const isWindows = process.platform === 'win32';
/** What the kernel keeps of a path, its end included: 108 on Linux, 104 elsewhere. */
const mostPathBytes = process.platform === 'linux' ? 107 : 103;
/** Longer than anybody takes who looks whether a socket is dead. */
const times = { waitMs: 5_000, leaseMs: 10_000 };

/** @param path made with its folder, 0700. A socket that nobody answers at is replaced; anything else is left as it is. */
export async function listenAtSocket(server: Server, path: string): Promise<void> {
  if (isWindows) return listen(server, path);
  if (Buffer.byteLength(path) > mostPathBytes) {
    throw usageError(`the socket's path has more than ${mostPathBytes} bytes: choose a shorter one with --socket`);
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await listen(server, path);
  } catch (error) {
    if (errnoOf(error) !== 'EADDRINUSE') throw error;
    // Two who find the same dead socket must not remove each other's new one.
    await fileLock({ folder: `${path}.lock` }).run('socket', times, async () => {
      await removeDead(path);
      await listen(server, path);
    });
  }
  await chmod(path, 0o600);
}

async function listen(server: Server, path: string): Promise<void> {
  const listening = once(server, 'listening');
  // The socket is made within this call, and by this mask nobody else could connect even before its rights are set.
  const before = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(before);
  }
  await listening;
}

async function removeDead(path: string): Promise<void> {
  const facts = await lstat(path).catch(() => undefined);
  if (!facts) return;
  if (!facts.isSocket()) throw usageError(`${path} is there already, and no socket: choose another with --socket`);
  if (await answers(path)) throw new CliError(exitCodes.store, 'agent_running', `another agent answers at ${path}`);
  await unlink(path);
}

/** Whether a process listens. One that cannot be reached for another reason counts, too. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', (error) => resolve(!['ECONNREFUSED', 'ENOENT'].includes(errnoOf(error) ?? '')));
  });
}
