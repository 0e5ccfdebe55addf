/** Runs the `hufu` command: `bin/hufu.js` calls it with the real world, tests with theirs. */

import { failureOf } from './failure.ts';
import type { Io } from './io.ts';
import { showFailure } from './output.ts';
import { createProgram } from './program.ts';

export { processIo } from './process-io.ts';

/**
 * @param args what stands behind `hufu`.
 * @returns the exit code, which is in `io.exitCode` too (`exit-codes.ts`).
 */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    const failure = failureOf(thrown);
    io.exitCode = failure.exitCode;
    if (failure.exitCode !== 0 && failure.code !== 'help') showFailure(io, asksForJson(args), failure);
  }
  return io.exitCode;
}

/** Looked for by hand, because the command line may be what is wrong. */
function asksForJson(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}
