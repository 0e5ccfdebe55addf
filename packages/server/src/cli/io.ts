/** The world of a command of the server: a terminal, and how it opens a server. Tests bring their own. */

import type { TerminalIo } from '@hufu/client/terminal';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/schema.ts';

/** As much of a server as a command needs that works on a data folder, without listening. */
export interface LocalServer {
  readonly app: Pick<FastifyInstance, 'inject'>;
  close(): Promise<void>;
}

export interface Io extends TerminalIo {
  /** Opens the server of a data folder, with `adminToken` for its admin API. */
  readonly openServer: (config: Config, adminToken: string) => Promise<LocalServer>;
}
