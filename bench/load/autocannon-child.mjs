// Runs autocannon for `autocannon.ts`: reads what is asked from a file, prints what was measured. Not TypeScript,
// because its package is installed for benchmarks only, and types are checked without it.

import { readFile, writeFile } from 'node:fs/promises';
import autocannon from 'autocannon';

const [file] = process.argv.slice(2);
const { url, traffic, connections, seconds, rest } = JSON.parse(await readFile(file, 'utf8'));
const queue = traffic.kind === 'queue' ? queueOf(traffic) : undefined;
const result = await autocannon({
  url,
  connections,
  duration: seconds,
  requests: queue ? [queue.request] : traffic.requests.map(prepared),
});
if (queue) await writeFile(rest, JSON.stringify(queue.left()));
const measured = {
  requests: result['2xx'] + result.non2xx,
  requestsPerSecond: (result['2xx'] + result.non2xx) / result.duration,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  errors: result.non2xx + result.errors,
};
process.stdout.write(JSON.stringify(measured));

/** It writes the length of a body by itself, and `connection` always: twice, they would be refused. */
function prepared({ method, path, headers, body }) {
  const own = body === '' ? ['connection'] : ['connection', 'content-length'];
  const others = headers.filter(([name]) => !own.includes(name));
  return { method, path, headers: Object.fromEntries(others), ...(body === '' ? {} : { body }) };
}

/** All connections take from one queue. */
function queueOf({ request, before, after, texts, successor }) {
  let next = 0;
  return {
    left: () => texts.slice(next),
    request: {
      ...prepared(request),
      setupRequest: (asked) => {
        if (next === texts.length) throw new Error('no text is left in the queue');
        return { ...asked, body: before + texts[next++] + after };
      },
      onResponse: (_status, body) => {
        const text = successor === null || successor === undefined ? undefined : memberOf(body, successor);
        if (typeof text === 'string') texts.push(text);
      },
    },
  };
}

/** `undefined` for what is no JSON: an error is counted by its status. */
function memberOf(body, name) {
  try {
    return JSON.parse(body)[name];
  } catch {
    return undefined;
  }
}
