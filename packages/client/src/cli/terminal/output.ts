/** Where results, notes and failures go. */

import { printable } from './display-width.ts';
import type { CliError } from './failure.ts';
import type { TerminalIo } from './io.ts';

/** One line of JSON for scripts, or text for people. */
export function show(io: TerminalIo, json: boolean | undefined, value: unknown, text: () => string): void {
  io.stdout.write(`${json ? JSON.stringify(value) : text()}\n`);
}

/** For people who watch: how far it is, what to know beside the result. */
export function note(io: TerminalIo, text: string): void {
  io.stderr.write(`${printable(text)}\n`);
}

/** As `note`, on a terminal only. */
export function progress(io: TerminalIo, text: string): void {
  if (io.isTTY) note(io, text);
}

export function showFailure(io: TerminalIo, json: boolean, { code, exitCode, message }: CliError): void {
  if (json) io.stderr.write(`${JSON.stringify({ error: code, message, exitCode })}\n`);
  else for (const line of message.split('\n')) note(io, `${io.program}: ${line}`);
}
