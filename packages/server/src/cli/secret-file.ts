/**
 * A new file for a secret that is shown once: only its owner reads it. It is opened before the secret is made, so that none
 * is made that cannot be kept.
 */

import { open, unlink } from 'node:fs/promises';
import { usageError } from '@hufu/client/terminal';
import type { Answer } from './admin-client.ts';
import { text } from './rows.ts';

/** What is shown once in an answer, in the order in which it is looked for. */
const shownOnce = ['secret', 'privateKeyPem'] as const;

/**
 * @param path of the file, which must not be there yet; without one the answer stays as it is.
 * @returns the answer, with `null` in the place of what went into the file, and `secretFile`.
 */
export async function keepingSecret(path: string | undefined, make: () => Promise<Answer>): Promise<Answer> {
  if (path === undefined) return make();
  const file = await open(path, 'wx', 0o600).catch((error: unknown) => {
    const isThere = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw usageError(`--out: ${path} ${isThere ? 'is there already' : 'cannot be written'}`);
  });
  try {
    const answer = await make();
    const name = shownOnce.find((member) => typeof answer[member] === 'string');
    if (name === undefined) {
      await unlink(path);
      return answer;
    }
    await file.writeFile(`${text(answer, name).trimEnd()}\n`);
    await file.sync();
    return { ...answer, [name]: null, secretFile: path };
  } catch (error) {
    await unlink(path);
    throw error;
  } finally {
    await file.close();
  }
}
