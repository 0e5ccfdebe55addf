#!/usr/bin/env node
// The `hufu-client` command. Plain JavaScript that an old Node reads too, so that it can say what is missing.

const needed = [20, 19];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < needed[0] || (major === needed[0] && minor < needed[1])) {
  process.stderr.write(
    `hufu-client: needs Node ${needed.join('.')} or later, and this is Node ${process.versions.node}.\n`,
  );
  process.exit(2);
}

// Compiled code is kept for the next start, where Node can (from 22.8 on).
const { enableCompileCache } = await import('node:module');
enableCompileCache?.();

const { main, processIo } = await import('../src/cli/main.ts');
await main(process.argv.slice(2), processIo('hufu-client'));
