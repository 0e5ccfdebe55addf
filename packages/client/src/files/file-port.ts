/** What is needed of the file system; tests put a full or a read-only disk in its place. */

import type * as fs from 'node:fs/promises';

export type FilePort = Pick<typeof fs, 'link' | 'lstat' | 'mkdir' | 'open' | 'readdir' | 'unlink' | 'utimes'>;
