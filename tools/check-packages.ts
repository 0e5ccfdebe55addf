/**
 * What goes wrong without it: a package whose types are not found, or which is taken for CommonJS, by those who install it, while
 * everything works in the repository. `npm run check:packages` packs all of them and asks publint and Are The Types Wrong.
 *
 * The packages are ESM alone, and meant to be: `require` of ESM works in every Node that `engines` allows (from 20.19 and
 * 22.12 on), so that types which are ESM under `node16-cjs` are right. `node10` is TypeScript's resolution of before `exports`,
 * which no supported compiler has any more. Every other finding counts, under every resolution.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { checkPackage, createPackageFromTarballData, type Problem } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packages } from './build.ts';
import { pack } from './pack.ts';
import { report } from './report.ts';

/** @param tarball of `npm pack`. */
export async function checkTarball(tarball: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const found = await checkPackage(createPackageFromTarballData(tarball));
  const types = found.types ? found.problems.filter(counts).map(sentence) : ['has no types at all'];
  const { messages, pkg } = await publint({ pack: { tarball: tarball.slice().buffer }, strict: true });
  return [...types, ...messages.map((message) => formatMessage(message, pkg) ?? message.code)];
}

const counts = (problem: Problem): boolean =>
  !('resolutionKind' in problem && problem.resolutionKind === 'node10') && problem.kind !== 'CJSResolvesToESM';

function sentence(problem: Problem): string {
  if (!('entrypoint' in problem)) return problem.kind;
  return `${problem.entrypoint}: ${problem.kind} (${problem.resolutionKind})`;
}

async function checkAll(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'hufu-packages-'));
  try {
    const checks = pack(packages, folder).map((path) => ({
      name: basename(path),
      run: () => checkTarball(new Uint8Array(readFileSync(path))),
    }));
    return await report(checks, (line) => process.stdout.write(`${line}\n`));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) process.exitCode = (await checkAll()) ? 0 : 1;
