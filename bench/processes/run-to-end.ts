/** Runs a program to its end and gives what it printed. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const outputLimitBytes = 16 * 1024 * 1024;

/** Throws where the program fails, with what it said. */
export async function runToEnd(program: string, args: readonly string[], env = process.env): Promise<string> {
  const { stdout } = await promisify(execFile)(program, [...args], { env, maxBuffer: outputLimitBytes });
  return stdout;
}
