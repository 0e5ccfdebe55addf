/** The machine's own rate of RSA-2048 signatures, measured in a process of its own. */

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import type { Sample } from './sample.ts';

const signer = join(import.meta.dirname, 'rsa-signer.ts');

/** Node's own number of threads, and more where there are more cores. */
const threads = Math.max(4, availableParallelism());

export async function measureRsaLimit(seconds: number): Promise<Sample> {
  const env = { ...process.env, UV_THREADPOOL_SIZE: String(threads) };
  // The signer prints exactly a `Sample`.
  return JSON.parse(await runToEnd(process.execPath, [signer, String(seconds)], env)) as Sample;
}
