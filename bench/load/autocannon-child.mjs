// Runs autocannon for `autocannon.ts`: reads what is asked from a file, prints what was measured. Not TypeScript,
// because its package is installed for benchmarks only, and types are checked without it.

import { readFile } from 'node:fs/promises';
import autocannon from 'autocannon';

const [file] = process.argv.slice(2);
const { url, requests, connections, seconds } = JSON.parse(await readFile(file, 'utf8'));
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: requests.map(({ method, path, headers, body }) => ({
    method,
    path,
    headers: Object.fromEntries(headers),
    ...(body === '' ? {} : { body }),
  })),
});
const measured = {
  requests: result['2xx'] + result.non2xx,
  requestsPerSecond: (result['2xx'] + result.non2xx) / result.duration,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  errors: result.non2xx + result.errors,
};
process.stdout.write(JSON.stringify(measured));
