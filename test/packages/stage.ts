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

const exported = "export { checks } from './checks.js'; export { outcomesOf } from './outcomes.js';";
const worker = `
  import { checks } from './checks.js';
  import { outcomesOf } from './outcomes.js';
  export default { fetch: async (request) => Response.json(await outcomesOf(checks, await request.json())) };`;

/** A script for a page, with `endToEnd.outcomesOf` and `endToEnd.checks`; or a worker that answers a demo with the outcomes. */
export async function bundle(consumer: Consumer, place: 'page' | 'worker'): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: place === 'page' ? exported : worker, resolveDir: consumer.folder },
    bundle: true,
    ...(place === 'page' ? { format: 'iife', globalName: 'endToEnd' } : { format: 'esm' }),
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
