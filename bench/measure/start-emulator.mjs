// Starts an emulator in this process as the first thing it does, and prints how long that took.

const beforeMs = performance.now();
const { startEmulator } = await import('../../packages/server/dist/src/testing.js');
const importedMs = performance.now();
const emulator = await startEmulator();
const startedMs = performance.now();
await emulator.stop();
process.stdout.write(JSON.stringify({ importMs: importedMs - beforeMs, startMs: startedMs - importedMs }));
