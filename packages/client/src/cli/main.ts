/** Runs the `hufu-client` command: `bin/hufu-client.js` calls it with the real world, tests with theirs. */

import type { ClientIo } from './io.ts';
import { createProgram } from './program.ts';
import { runProgram } from './terminal/run-program.ts';
import { tokenFailure } from './token-failure.ts';

export { processIo } from './terminal/process-io.ts';

/**
 * @param args what stands behind `hufu-client`.
 * @returns the exit code, which is in `io.exitCode` too.
 */
export const main = (args: readonly string[], io: ClientIo): Promise<number> =>
  runProgram(createProgram(io), args, io, [tokenFailure]);
