/** What pages cannot do, and programs can, on Bun and Deno as well as on Node: files, and a `Date` header of one's own. */

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTokenSource, isTokenError, type TokenSource } from '@hufu/client';
import { nodeTokenSource } from '@hufu/client/node';
import { signatureV1 } from '@hufu/client/providers/sls';
import { type Check, type Demo, pdsOf, same, slsOf } from './checks.ts';

const sourceIn = (folder: string, demo: Demo): TokenSource => nodeTokenSource({ folder, provider: pdsOf(demo) });

const hearWithinMs = 20_000;

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hufu-runtime-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Who logged out. Watching keeps no program alive, and its timer does: until here is where this one has to live. */
const heard = (source: TokenSource): Promise<string> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('nothing was heard of the logout')), hearWithinMs);
    source.on('logout', ({ by }) => {
      clearTimeout(late);
      resolve(by);
    });
  });

export const programChecks: Readonly<Record<string, Check>> = {
  async 'SLS: the signature that is the default of the official SDK is accepted'(demo) {
    const source = createTokenSource({ provider: slsOf(demo, { signature: signatureV1 }) });
    same((await source.getToken()).type, 'Bearer');
  },

  async 'a connection that was refused is known to have spent nothing'(demo) {
    const nobody = slsOf(demo, { endpoint: demo.nobody });
    const source = createTokenSource({ provider: nobody, policy: { retries: 0 } });
    const error: unknown = await source.getToken().catch((thrown: unknown) => thrown);
    same([isTokenError(error, 'network'), isTokenError(error) && error.uncertain], [true, false]);
  },

  async 'require finds the module that import finds'() {
    const required: { readonly createTokenSource?: unknown } = createRequire(import.meta.url)('@hufu/client');
    same(required.createTokenSource === createTokenSource, true);
  },

  'files: a record is shared, kept for its user alone, and rotated by one': (demo) =>
    inFolder(async (folder) => {
      const sources = [1, 2, 3].map(() => sourceIn(folder, demo));
      const [first] = await Promise.all(sources.map((source) => source.getToken()));
      if (!first) throw new Error('no token');
      same(first.persisted, true);
      const next = await Promise.all(sources.map((source) => source.getToken({ reject: first })));
      same(new Set(next.map(({ token }) => token)).size, 1);
      const paths = await readdir(folder, { recursive: true });
      const modes = await Promise.all(paths.map(async (path) => (await stat(join(folder, path))).mode & 0o077));
      same([modes.length > 0, modes.every((mode) => mode === 0)], [true, true]);
      await Promise.all(sources.map((source) => source.close()));
    }),

  'files: a logout is seen by who shares the record': (demo) =>
    inFolder(async (folder) => {
      const [here, there] = [sourceIn(folder, demo), sourceIn(folder, demo)];
      const seen = heard(there);
      await here.getToken();
      await there.getToken();
      await here.logout();
      same(await seen, 'others');
      same(there.peek(), undefined);
      await Promise.all([here.close(), there.close()]);
    }),
};
