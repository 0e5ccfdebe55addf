/**
 * `@hufu/client/terminal`: how the commands `hufu` and `hufu-client` behave on a terminal and in scripts. Internal to the two: it
 * changes with them, and promises nothing to others.
 */

export { type Check, failed, messageOf, ok, showChecks, skipped, warning } from './check.ts';
export { displayWidth, padDisplay, printable } from './display-width.ts';
export { type ExitCode, exitCodes } from './exit-codes.ts';
export { CliError, type FailureReader, failureOf, usageError } from './failure.ts';
export type { TerminalIo } from './io.ts';
export { note, progress, show, showFailure } from './output.ts';
export { type Paint, paint } from './paint.ts';
export { processIo } from './process-io.ts';
export { repeated } from './repeated.ts';
export { onTerminal, runProgram } from './run-program.ts';
export { type Column, listing, table } from './table.ts';
