/** Runs a program of commands, and says in one form how it failed. */

import type { Command } from 'commander';
import { type FailureReader, failureOf } from './failure.ts';
import type { TerminalIo } from './io.ts';
import { showFailure } from './output.ts';

/** A program whose output goes to `io`, and whose failures reach `runProgram`. */
export const onTerminal = (program: Command, io: TerminalIo): Command =>
  program.exitOverride().configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    // `runProgram` says it, in one form with everything else that fails.
    outputError: () => undefined,
  });

/**
 * @param program made by `onTerminal`.
 * @param args what stands behind its name.
 * @returns the exit code, which is in `io.exitCode` too (`exit-codes.ts`).
 */
export async function runProgram(
  program: Command,
  args: readonly string[],
  io: TerminalIo,
  readers: readonly FailureReader[],
): Promise<number> {
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (thrown) {
    const failure = failureOf(thrown, readers);
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
