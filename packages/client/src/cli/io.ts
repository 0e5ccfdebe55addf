/** The world of a command of the client. */

export type { TerminalIo as ClientIo } from './terminal/io.ts';
