/** What a failure of the file system means to whoever waits for a token. */

import { TokenError, type TokenErrorCode } from '../core/errors.ts';

/** `ENOENT` and the like. */
export const errnoOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** They stay as they are until somebody changes the folder. */
const lasting = new Set(['EACCES', 'EROFS', 'ENOTDIR', 'EISDIR', 'ELOOP', 'ENAMETOOLONG', 'EINVAL']);
/** File systems without hard links: FAT, some network shares. */
const linkless = new Set(['ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

/** @param path names the folder in the message; it is no secret. */
export function fileError(
  error: unknown,
  code: Extract<TokenErrorCode, 'store_read' | 'store_write'>,
  path: string,
): unknown {
  const errno = errnoOf(error);
  if (errno === undefined || error instanceof TokenError) return error;
  const verb = code === 'store_read' ? 'read' : 'written';
  const hint = linkless.has(errno) ? '; its file system has no hard links, choose another folder' : '';
  // Windows says EPERM while a virus scanner holds a file.
  const isLasting = lasting.has(errno) || linkless.has(errno) || (errno === 'EPERM' && process.platform !== 'win32');
  const message = `${path} cannot be ${verb} (${errno})${hint}`;
  return new TokenError({ code, message, retryable: !isLasting, cause: error });
}
