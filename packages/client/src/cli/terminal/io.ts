/** The world of a command: what it reads, where it writes, how it is ended. Tests bring their own. */

import type { Readable, Writable } from 'node:stream';

export interface TerminalIo {
  /** Name of the program, as a person types it: stands before what it says, and in what it advises to type. */
  readonly program: string;
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
  /** Shows a page in the person's browser; `undefined` where nobody would see it: no terminal, or one over SSH. */
  readonly openBrowser?: ((url: string) => Promise<void>) | undefined;
  exitCode: number;
  /** Settles with the signal when somebody asks the process to end; a second signal ends it at once. */
  readonly untilStopped: () => Promise<string>;
}
