/** The world of a command: what it reads, where it writes, how it opens a server. Tests bring their own. */

import type { Readable, Writable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/schema.ts';

/** As much of a server as a command needs that works on a data folder, without listening. */
export interface LocalServer {
  readonly app: Pick<FastifyInstance, 'inject'>;
  close(): Promise<void>;
}

export interface Io {
  readonly stdin: Readable;
  /** Results only. */
  readonly stdout: Writable;
  /** Everything else; never a secret. */
  readonly stderr: Writable;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether a person looks at standard error: then long work says how far it is. */
  readonly isTTY: boolean;
  /** Asks a person for a secret, without showing what is typed; `undefined` where standard input is no terminal. */
  readonly askHidden?: ((prompt: string) => Promise<string>) | undefined;
  exitCode: number;
  /** Opens the server of a data folder, with `adminToken` for its admin API. */
  readonly openServer: (config: Config, adminToken: string) => Promise<LocalServer>;
  /** Settles with the signal when somebody asks the process to end; a second signal ends it at once. */
  readonly untilStopped: () => Promise<string>;
}
