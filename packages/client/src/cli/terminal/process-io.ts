/** The real world of a command. */

import { hasBrowser, openBrowser } from './browser.ts';
import type { TerminalIo } from './io.ts';

const endings = ['SIGINT', 'SIGTERM'] as const;

/** @param program as a person types it. */
export function processIo(program: string): TerminalIo {
  process.stdout.on('error', endQuietly);
  return {
    program,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    isTTY: process.stderr.isTTY === true,
    askHidden: process.stdin.isTTY ? askOnTerminal : undefined,
    openBrowser: process.stderr.isTTY && hasBrowser(process.env, process.platform) ? openBrowser : undefined,
    get exitCode() {
      return Number(process.exitCode ?? 0);
    },
    set exitCode(code) {
      process.exitCode = code;
    },
    untilStopped: () =>
      new Promise((resolve) => {
        const stop = (signal: string): void => {
          for (const ending of endings) process.off(ending, stop);
          resolve(signal);
        };
        for (const ending of endings) process.on(ending, stop);
      }),
  };
}

async function askOnTerminal(prompt: string): Promise<string> {
  const { askHidden } = await import('./hidden-input.ts');
  return askHidden(process.stdin, process.stderr, prompt);
}

/** Whoever read the output has had enough of it, as `head` has. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
