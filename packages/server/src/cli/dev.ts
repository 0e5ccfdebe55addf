/** `hufu dev`: the emulator. For people it shows calls to paste, for programs one line of JSON. */

import { CliError, exitCodes, paint, repeated } from '@hufu/client/terminal';
import type { Command } from 'commander';
import type { Io } from './io.ts';

const defaultPort = '8420';

interface DevOptions {
  readonly port: string;
  readonly host?: string;
  readonly data?: string;
  readonly seed?: string;
  readonly clock?: string;
  readonly set: readonly string[];
  readonly json?: boolean;
  readonly parent?: boolean;
}

export function registerDev(program: Command, io: Io): void {
  program
    .command('dev')
    .description('the emulator: starts at once with demo users and keys, and shows calls to paste')
    .option('--port <port>', 'port to listen on; 0 picks a free one', defaultPort)
    .option('--host <host>', 'address to listen on (default: 127.0.0.1)')
    .option('--data <dir>', 'folder that keeps the demo data (default: a temporary one)')
    .option('--seed <text>', 'the same seed gives the same keys, ids and secrets')
    .option('--clock <instant>', 'starts on a frozen clock, such as 2024-10-30T03:02:45Z')
    .option('--set <option=value>', 'any option of the configuration; may be repeated', repeated, [])
    .option('--json', 'one line of JSON when it is ready')
    .option('--parent', 'ends when standard input is closed: with the process that started it')
    .action((options: DevOptions) => runDev(options, io));
}

async function runDev(options: DevOptions, io: Io): Promise<void> {
  const { startEmulator } = await import('../emulator/start.ts');
  const { readSettings } = await import('./settings.ts');
  const { port, host, data, seed, clock } = options;
  // Asked before the start, so that nobody who asks meanwhile goes unheard.
  const stopped = Promise.race([io.untilStopped(), ...(options.parent ? [untilClosed(io)] : [])]);
  const config = { ...readSettings(options.set), 'server.port': port };
  await using emulator = await startEmulator({ host, data, seed, clock, config }).catch((error: unknown) => {
    throw isTaken(error) ? portTaken(port) : error;
  });
  const { description } = emulator;
  if (options.json) {
    io.stdout.write(`${JSON.stringify(description)}\n`);
  } else {
    const { devPage } = await import('./dev-page.ts');
    const facts = {
      description,
      nowMs: emulator.clock.nowMs(),
      isFrozen: emulator.clock.frozen,
      isKept: data !== undefined,
    };
    io.stdout.write(`${devPage(facts, (text) => paint(io, ['bold', 'cyan'], text))}\n`);
  }
  await stopped;
  // An open standard input would keep the process alive.
  if (options.parent) io.stdin.destroy();
}

/** A parent that dies closes its end, however it dies. */
function untilClosed({ stdin }: Io): Promise<string> {
  return new Promise((resolve) => {
    const ended = (): void => resolve('closed standard input');
    stdin.once('end', ended).once('close', ended).once('error', ended).resume();
  });
}

const isTaken = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

const portTaken = (port: string): CliError =>
  new CliError(
    exitCodes.usage,
    'port_taken',
    `port ${port} is taken, perhaps by another emulator: name another with --port, or --port 0 for a free one`,
  );
