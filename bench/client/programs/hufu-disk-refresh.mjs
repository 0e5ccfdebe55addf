// Refreshes a session of PDS again and again, kept on disk as processes share it; prints what each refresh took, and what of
// that was its HTTP call until the last byte of the answer.
import { nodeTokenSource } from '@hufu/client/node';
import { pdsJwt } from '@hufu/client/providers/pds';

const { session, folder, refreshes } = JSON.parse(process.argv[2]);
const warmup = 20;

let [calls, callMs] = [0, 0];
const source = nodeTokenSource({
  provider: pdsJwt(session),
  folder,
  async fetch(url, init) {
    const startMs = performance.now();
    const { status, headers, text } = await whole(await fetch(url, init));
    callMs = performance.now() - startMs;
    calls++;
    return { status, headers, text: async () => text };
  },
});

async function whole(answer) {
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

await source.getToken();
const taken = [];
for (let refresh = 1; refresh <= warmup + refreshes; refresh++) {
  calls = 0;
  const startMs = performance.now();
  await source.getToken({ forceRefresh: true });
  const wholeMs = performance.now() - startMs;
  if (calls !== 1) throw new Error(`a refresh made ${calls} calls`);
  if (refresh > warmup) taken.push({ wholeMs, callMs });
}
await source.close();
process.stdout.write(JSON.stringify(taken));
