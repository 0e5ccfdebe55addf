import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Workshop } from './workshop.ts';

test('a program ends by itself, whatever runs in the background, and no rejection is unhandled', async () => {
  await using workshop = await Workshop.open();
  const program = fileURLToPath(new URL('exits.ts', import.meta.url));
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    program,
    workshop.server.url,
    workshop.folder,
  ]);
  assert.equal(stdout, 'access-token-1-1\nTokenError\nend\n');
  assert.equal(stderr, '');
});
