/** Load by `wrk`: one thread, requests prepared byte for byte, so that the generator costs as little as it can. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { temporaryFolder } from '../processes/temporary-folder.ts';
import { type HttpRequest, type Load, type LoadAsk, type Measured, type Queue, templateOf } from './load.ts';

const scriptOf = (name: string): string => join(import.meta.dirname, name);

/** What no request holds, so that the scripts can tell texts apart. */
const separator = '\0';
const ended = (texts: readonly string[]): string => texts.map((text) => text + separator).join('');

export const wrk: Load = {
  name: 'wrk',
  async run(ask) {
    await using folder = await temporaryFolder('wrk');
    const file = join(folder.path, 'requests');
    const { traffic } = ask;
    switch (traffic.kind) {
      case 'rotation':
        await writeFile(file, ended(traffic.requests.map(bytesOf)));
        return await runScript(ask, 'wrk.lua', [file]);
      case 'queue': {
        const rest = join(folder.path, 'rest');
        await writeFile(file, queueFile(traffic));
        const measured = await runScript(ask, 'wrk-queue.lua', [file, rest]);
        traffic.keepRest?.((await readFile(rest, 'utf8')).split(separator).slice(0, -1));
        return measured;
      }
    }
  },
};

async function runScript(
  { url, connections, seconds }: LoadAsk,
  script: string,
  files: readonly string[],
): Promise<Measured> {
  const flags = ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`];
  return read(await runToEnd('wrk', [...flags, '--script', scriptOf(script), url, '--', ...files]));
}

const bytesOf = (request: HttpRequest): string => headOf(request) + request.body;

function headOf({ method, path, headers }: HttpRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

function queueFile(queue: Queue): string {
  const { request, before, after } = templateOf(queue);
  return ended([headOf(request) + before, after, queue.successor ?? '', ...queue.texts]);
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
