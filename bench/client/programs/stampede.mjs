// Calls as often as there are callers, all at once; prints how many failed, and how long it took until all had their answer.
export async function stampede(get, callers) {
  const startMs = performance.now();
  const settled = await Promise.allSettled(Array.from({ length: callers }, () => get()));
  const ms = performance.now() - startMs;
  process.stdout.write(JSON.stringify({ failed: settled.filter(({ status }) => status === 'rejected').length, ms }));
}
