/** The end-to-end suite as a worker: workerd runs no programs, but answers requests. */

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline/promises';
import type { Command } from '../../tools/runtimes/find.ts';
import type { Demo } from './checks.ts';
import type { Consumer } from './consumer.ts';
import type { Outcome } from './outcomes.ts';
import { bundle } from './stage.ts';

/** It says on standard output where it listens, and may ask servers of this machine. */
const config = `
using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = (modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2026-11-01")),
    (name = "internet", network = (allow = ["public", "private", "local"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);
`;

export async function runWorkerd(
  [program, ...args]: Command,
  consumer: Consumer,
  demo: Demo,
  withinMs: number,
): Promise<readonly Outcome[]> {
  consumer.write('worker.js', await bundle(consumer, 'worker'));
  consumer.write('config.capnp', config);
  const signal = AbortSignal.timeout(withinMs);
  const child = spawn(program, [...args, '--control-fd=1', 'config.capnp'], {
    cwd: consumer.folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    signal,
  });
  // A child that cannot be started or is stopped closes its output as well.
  child.on('error', () => {});
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const { event, port }: { readonly event?: string; readonly port?: number } = JSON.parse(line);
      if (event !== 'listen') continue;
      const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: JSON.stringify(demo), signal });
      // The worker above makes it.
      return (await answer.json()) as readonly Outcome[];
    }
    throw new Error(`workerd ended with ${child.exitCode} before it listened`);
  } finally {
    child.kill('SIGKILL');
  }
}
