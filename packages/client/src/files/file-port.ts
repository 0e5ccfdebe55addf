/// <reference lib="esnext.disposable" preserve="true" />
/**
 * What is needed of the file system; tests put a full or a read-only disk in its place. In shapes of its own, which
 * `node:fs/promises` fits, so that the types of a store ask nobody for Node's.
 */

export interface FileFacts {
  readonly mode: number;
  readonly uid: number;
  readonly mtimeMs: number;
  isDirectory(): boolean;
}

export interface OpenFile {
  stat(): Promise<FileFacts>;
  readFile(encoding: 'utf8'): Promise<string>;
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface FilePort {
  link(from: string, to: string): Promise<void>;
  lstat(path: string): Promise<FileFacts>;
  mkdir(path: string, options: { readonly recursive: true; readonly mode: number }): Promise<unknown>;
  open(path: string, flags: 'r' | 'wx', mode?: number): Promise<OpenFile>;
  readdir(path: string): Promise<readonly string[]>;
  unlink(path: string): Promise<void>;
  utimes(path: string, accessedAtSeconds: number, modifiedAtSeconds: number): Promise<void>;
}
