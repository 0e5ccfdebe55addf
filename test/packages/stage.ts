/** The programs of the end-to-end suite, as plain JavaScript in a consumer's project. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transformSync } from 'esbuild';
import type { Consumer } from './consumer.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** Types taken away and nothing else: what is imported stays what is installed. Returns the file to run. */
export function stage(consumer: Consumer): string {
  for (const name of ['checks', 'program-checks', 'outcomes', 'run']) {
    const source = readFileSync(join(folder, `${name}.ts`), 'utf8');
    const { code } = transformSync(source, { loader: 'ts', format: 'esm', target: 'es2022' });
    consumer.write(`${name}.js`, code.replaceAll(/from "(\.\/[\w-]+)\.ts"/g, 'from "$1.js"'));
  }
  return join(consumer.folder, 'run.js');
}

/** For a page: `endToEnd.outcomesOf(endToEnd.checks, demo)`. */
export async function bundle(consumer: Consumer): Promise<string> {
  const contents = "export { checks } from './checks.js'; export { outcomesOf } from './outcomes.js';";
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: consumer.folder },
    bundle: true,
    format: 'iife',
    globalName: 'endToEnd',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
