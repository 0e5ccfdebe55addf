/** Programs of examples/client/ as their users run them: a process of its own, everything else from the environment. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { repository, type Started } from '../harness/dev.ts';

export const folder = 'examples/client';

export interface Ended {
  readonly output: string;
  readonly errors: string;
}

/** This runner tells its children to speak to it, and they would; keys of this machine are none of theirs. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => name !== 'NODE_TEST_CONTEXT' && !name.startsWith('ALIBABA_CLOUD_')),
);

/** @param args what stands before the file (`--import`, `--test`) and, after it, its own arguments. */
export function startExample(
  file: string,
  variables: Readonly<Record<string, string>>,
  args: { readonly node?: readonly string[]; readonly own?: readonly string[] } = {},
): Started {
  const command = [...(args.node ?? []), join(repository, folder, file), ...(args.own ?? [])];
  const child = spawn(process.execPath, command, { env: { ...env, ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
  const exited = once(child, 'exit').then(([code, signal]) => (code ?? signal) as number | string);
  return {
    process: child,
    output: text(child.stdout),
    errors: text(child.stderr),
    exited,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** What the group of `pattern` finds in the first line of standard error that has it; throws where the program ends before. */
export async function lineOf({ process: { stderr }, exited }: Started, pattern: RegExp): Promise<string> {
  if (!stderr) throw new TypeError('standard error is no pipe');
  const ended = exited.then((code) => Promise.reject(new Error(`ended with ${code}, and never said ${pattern}`)));
  const found = new Promise<string>((resolve) => {
    createInterface({ input: stderr }).on('line', (line) => {
      const group = pattern.exec(line)?.[1];
      if (group !== undefined) resolve(group);
    });
  });
  return Promise.race([found, ended]);
}

/** Runs it to its end; throws what it said where that was no good one. */
export async function runExample(...how: Parameters<typeof startExample>): Promise<Ended> {
  const { output, errors, exited } = startExample(...how);
  const [said, complained, code] = await Promise.all([output, errors, exited]);
  if (code !== 0) throw new Error(`${how[0]} ended with ${code}:\n${complained}${said}`);
  return { output: said, errors: complained };
}
