/** What stands in a file: the key that its folder's name does not tell, and the record; none after a removal. */

import { TokenError } from '../../core/errors.ts';
import type { TokenRecord } from '../../core/types.ts';

export interface Kept {
  readonly key: string;
  readonly record?: TokenRecord;
}

/** Throws `TokenError` with `store_read` that names the folder, and nothing of the text. */
export function parseKept(text: string, folder: string): Kept {
  const kept = parsed(text);
  if (isKept(kept)) return kept;
  throw new TokenError({
    code: 'store_read',
    message: `${folder} holds no token record: log out to remove it`,
    retryable: false,
  });
}

/** Whether nothing is kept any more. What cannot be understood is there all the same. */
export function isGone(text: string): boolean {
  const kept = parsed(text);
  return isKept(kept) && kept.record === undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Our own files: the outline tells a damaged or foreign one from ours, the rest was written by this package. */
function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null || !('key' in value) || typeof value.key !== 'string') return false;
  if (!('record' in value)) return true;
  const { record } = value;
  const isRecord = typeof record === 'object' && record !== null && 'v' in record && 'generation' in record;
  return isRecord && record.v === 1 && typeof record.generation === 'number';
}
