#!/usr/bin/env node
// The `hufu` command. Plain JavaScript that an old Node reads too, so that it can say what is missing.

const neededMajor = 24;

if (Number(process.versions.node.split('.')[0]) < neededMajor) {
  process.stderr.write(
    `hufu: needs Node ${neededMajor} or later, and this is Node ${process.versions.node}. In the repository, npm scripts bring their own: npm run hufu -- ...\n`,
  );
  process.exit(2);
}

// node:sqlite says at every start that it is experimental; every other warning stays.
const { emitWarning } = process;
process.emitWarning = (warning, ...rest) => {
  const text = typeof warning === 'string' ? warning : warning.message;
  if (!text.startsWith('SQLite is an experimental feature')) emitWarning.call(process, warning, ...rest);
};

// RSA signatures are made on Node's pool of threads: one for each core, where the machine has more of them than Node takes by
// itself. It has to be said before anything uses the pool. What `exec` runs has an environment of its own, which this is no part of.
const { availableParallelism } = await import('node:os');
const nodesOwnThreads = 4;
if (!process.env.UV_THREADPOOL_SIZE && process.argv[2] !== 'exec') {
  process.env.UV_THREADPOOL_SIZE = String(Math.max(nodesOwnThreads, availableParallelism()));
}

// Compiled code is kept for the next start, which then takes half the time.
const { enableCompileCache } = await import('node:module');
enableCompileCache();

const { main, processIo } = await import('../src/cli/main.ts');
await main(process.argv.slice(2), processIo());
