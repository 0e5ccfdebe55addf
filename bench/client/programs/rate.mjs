// Calls a second, each awaited before the next. The clock is looked at once in a slice, so that it costs nothing.

const slice = 1000;
const warmupSeconds = 0.5;

export async function rate(get, seconds) {
  await callFor(get, warmupSeconds);
  return await callFor(get, seconds);
}

async function callFor(get, seconds) {
  const startMs = performance.now();
  const endMs = startMs + seconds * 1000;
  let [calls, nowMs] = [0, startMs];
  while (nowMs < endMs) {
    for (let call = 0; call < slice; call++) await get();
    calls += slice;
    nowMs = performance.now();
  }
  return (calls * 1000) / (nowMs - startMs);
}
