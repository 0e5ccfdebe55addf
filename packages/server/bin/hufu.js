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

// Compiled code is kept for the next start, which then takes half the time.
const { enableCompileCache } = await import('node:module');
enableCompileCache();

const { main, processIo } = await import('../src/cli/main.ts');
await main(process.argv.slice(2), processIo());
