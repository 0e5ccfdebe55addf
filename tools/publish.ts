/** What changes between a package as it stands in the repository and as it is published. */

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports?: Readonly<Record<string, string>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly [other: string]: unknown;
}

interface Entry {
  readonly types: string;
  readonly default: string;
}

/** Parts of a manifest that mean nothing outside the repository. */
const ours = new Set(['scripts', 'devDependencies', 'private', 'workspaces']);

/** The manifest with `exports` on the emitted files, and the list of files that it promises. */
export function publishedManifest(manifest: Manifest): {
  readonly manifest: Omit<Manifest, 'exports'> & { readonly exports: Readonly<Record<string, Entry>> };
  readonly files: readonly string[];
} {
  const exports: Record<string, Entry> = {};
  for (const [name, source] of Object.entries(manifest.exports ?? {})) {
    if (!source.endsWith('.ts')) throw new Error(`${manifest.name}: export ${name} is no TypeScript source: ${source}`);
    const stem = source.slice(0, -'.ts'.length);
    exports[name] = { types: `${stem}.d.ts`, default: `${stem}.js` };
  }
  const { name, version, ...rest } = manifest;
  const kept = Object.fromEntries(Object.entries(rest).filter(([key]) => !ours.has(key)));
  const files = Object.values(exports).flatMap((entry) => [entry.types, entry.default]);
  return {
    manifest: { name, version, ...kept, exports },
    files: [...files, ...Object.values(manifest.bin ?? {})],
  };
}

/** Relative specifiers with the endings of the emitted files: the compiler leaves those of declarations and of `bin` alone. */
export const withEmittedNames = (text: string): string =>
  text.replace(/(['"])(\.{1,2}\/[^'"\n]*?)(?<!\.d)\.ts\1/g, '$1$2.js$1');
