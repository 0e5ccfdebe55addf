/** Our packages as the registry would have them: what `npm pack` makes of a build. */

import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';

/** Paths of tarballs. */
export interface Packed {
  readonly wire: string;
  readonly client: string;
}

const packages = join(import.meta.dirname, '../../packages');

export async function pack(folder: string): Promise<Packed> {
  const one = async (name: string): Promise<string> => {
    const args = ['pack', join(packages, name, 'dist'), '--pack-destination', folder, '--json'];
    const [packed]: ReadonlyArray<{ readonly filename: string }> = JSON.parse(await runToEnd('npm', args));
    if (!packed) throw new Error(`npm pack made nothing of packages/${name}/dist`);
    return join(folder, packed.filename);
  };
  return { wire: await one('wire'), client: await one('client') };
}
