/** Asks a person for something that must not stand on the screen. */

import { createInterface } from 'node:readline/promises';
import { type Readable, Writable } from 'node:stream';
import { exitCodes } from './exit-codes.ts';
import { CliError } from './failure.ts';

/**
 * @param input a terminal: what is typed is not echoed.
 * @param output gets the prompt, and the end of the line.
 * @throws {CliError} where the person gives up, by Ctrl+C or Ctrl+D.
 */
export async function askHidden(input: Readable, output: Writable, prompt: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input, output: nowhere, terminal: true, historySize: 0 });
  output.write(prompt);
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      lines.once('SIGINT', () => lines.close());
      lines.once('close', () => reject(new CliError(exitCodes.usage, 'usage', 'nothing was given')));
    });
  } finally {
    lines.close();
    output.write('\n');
  }
}
