/** The real world of a command. */

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
    openBrowser: process.stderr.isTTY && !isElsewhere(process.env) ? openBrowser : undefined,
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

/** Over SSH the browser would open where nobody sits, as it would on a Linux machine without a screen. */
function isElsewhere(env: NodeJS.ProcessEnv): boolean {
  if (env.SSH_CONNECTION || env.SSH_CLIENT || env.SSH_TTY) return true;
  return process.platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY && !env.WSL_DISTRO_NAME;
}

async function openBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  const browser = await open(url);
  // A browser that does not start is the person's to see: the address stands on the screen.
  browser.on('error', () => {});
}

/** Whoever read the output has had enough of it, as `head` has. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
}
