/** Runs the `hufu` command: `bin/hufu.js` calls it with the real world, tests with theirs. */

import { tokenFailure } from '@hufu/client/cli';
import { runProgram } from '@hufu/client/terminal';
import { serverFailure } from './failure.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';

export { processIo } from './process-io.ts';

/**
 * @param args what stands behind `hufu`.
 * @returns the exit code, which is in `io.exitCode` too.
 */
export const main = (args: readonly string[], io: Io): Promise<number> =>
  runProgram(createProgram(io), args, io, [serverFailure, tokenFailure]);
