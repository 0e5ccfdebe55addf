/**
 * Signs with RSA-2048 and SHA-256 on the thread pool for some seconds, with more signatures under way than there are
 * threads, and prints a `Sample`. What is signed is as long as the access token of a PDS session.
 */

import { generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { median } from '../median.ts';
import type { Sample } from './sample.ts';

const [seconds = '1'] = process.argv.slice(2);
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const input = Buffer.alloc(700, 'x');
const signOnThread = promisify(sign);
const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);

const timesMs: number[] = [];
const cpuStart = process.cpuUsage();
const startMs = performance.now();
const endMs = startMs + Number(seconds) * 1000;

async function signUntilTheEnd(): Promise<void> {
  for (let beganMs = performance.now(); beganMs < endMs; beganMs = performance.now()) {
    await signOnThread('sha256', input, privateKey);
    timesMs.push(performance.now() - beganMs);
  }
}
await Promise.all(Array.from({ length: 2 * threads }, signUntilTheEnd));

const wallMs = performance.now() - startMs;
const cpu = process.cpuUsage(cpuStart);
timesMs.sort((a, b) => a - b);
const measured: Sample = {
  requests: timesMs.length,
  requestsPerSecond: (timesMs.length * 1000) / wallMs,
  p50Ms: median(timesMs),
  p99Ms: timesMs[Math.floor(timesMs.length * 0.99)] ?? 0,
  errors: 0,
  processorMicros: (cpu.user + cpu.system) / timesMs.length,
};
process.stdout.write(JSON.stringify(measured));
