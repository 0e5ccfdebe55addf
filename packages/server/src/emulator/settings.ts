/** What the emulator is started with, and what becomes of it. */

import { ConfigError } from '../config/load.ts';
import type { Config } from '../config/schema.ts';
import { latestMs } from './clock.ts';

export interface EmulatorOptions {
  /** Port to listen on; 0, the default, picks a free one. */
  readonly port?: number | undefined;
  /** Address to listen on. Default: 127.0.0.1. */
  readonly host?: string | undefined;
  /** Folder that is kept, with its demo data. Default: a temporary one, removed at the end. */
  readonly data?: string | undefined;
  /** The same seed gives the same keys, ids and secrets. Default: others at every start. */
  readonly seed?: string | undefined;
  /** Starts on a clock that stands still at this instant (ISO 8601). Default: the system's clock. */
  readonly clock?: string | undefined;
  readonly logLevel?: Config['log']['level'] | undefined;
  /** Options of the server by path, such as `{ 'sls.overlongAccessToken': 'refuse' }`. The environment is not read. */
  readonly config?: Readonly<Record<string, string>> | undefined;
}

/** Where the clock stands still from the beginning, in unix milliseconds. @throws {ConfigError} for what is no instant. */
export function startOf({ clock }: Pick<EmulatorOptions, 'clock'>): number | undefined {
  if (clock === undefined) return undefined;
  const atMs = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/.test(clock)
    ? Date.parse(clock)
    : Number.NaN;
  if (atMs >= 0 && atMs <= latestMs) return atMs;
  throw new ConfigError(
    `--clock: given ${JSON.stringify(clock)}, allowed: an instant from 1970 on, such as 2024-10-30T03:02:45Z`,
  );
}

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/;

/** The emulator's own ways; `config` may name others. */
export function flagsOf(options: EmulatorOptions, dataDir: string): Record<string, string> {
  const host = options.host ?? '127.0.0.1';
  return {
    'server.host': host,
    'server.port': String(options.port ?? 0),
    'server.plainHttp': loopback.test(host) ? 'loopback-only' : 'behind-proxy',
    // Longer than any delay that can be ordered.
    'server.requestTimeoutMs': '120000',
    'server.shutdownGraceMs': '500',
    // A clock that jumps ahead leaves what has ended to be looked at.
    'purge.graceSeconds': String(365 * 24 * 60 * 60),
    'audit.retentionDays': '0',
    // Demo passwords are nobody's: a test that logs in need not wait for the memory and time that keep guessers off.
    'login.passwordMemoryKibibytes': '8',
    'login.passwordPasses': '1',
    'log.level': options.logLevel ?? 'silent',
    ...options.config,
    'data.dir': dataDir,
  };
}
