/** Load by `wrk`: one thread, requests prepared byte for byte, so that the generator costs as little as it can. */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import type { HttpRequest, Load, Measured } from './load.ts';

const script = join(import.meta.dirname, 'wrk.lua');

/** What no request holds, so that the script can tell them apart. */
const separator = '\0';

export const wrk: Load = {
  name: 'wrk',
  async run({ url, requests, connections, seconds }) {
    await using folder = await temporaryFolder('wrk');
    const file = join(folder.path, 'requests');
    await writeFile(file, requests.map((request) => bytesOf(request) + separator).join(''));
    const flags = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`];
    const output = await runToEnd('wrk', [...flags, '--script', script, url, '--', file]);
    return read(output);
  },
};

function bytesOf({ method, path, headers, body }: HttpRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** The script's own line; what `wrk` prints besides is for people. */
function read(output: string): Measured {
  const line = output.split('\n').find((text) => text.startsWith('measured '));
  if (line === undefined) throw new Error(`wrk did not say what it measured:\n${output}`);
  const [requests = 0, microseconds = 0, p50 = 0, p99 = 0, errors = 0] = line.split(' ').slice(1).map(Number);
  return {
    requests,
    requestsPerSecond: (requests / microseconds) * 1e6,
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    errors,
  };
}
