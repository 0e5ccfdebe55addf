/**
 * A register on disk: a text that is replaced as a whole, and only by somebody who saw what stood there. Versions are files
 * named by numbers, and the highest counts. A new one is written beside them and linked to the next number, which fails where
 * that exists: compare-and-swap between processes, without a lock that somebody could die with.
 */

import * as nodeFiles from 'node:fs/promises';
import { join } from 'node:path';
import { TokenError } from '../core/errors.ts';
import { randomHex } from '../core/random.ts';
import { errnoOf, fileError } from './errno.ts';
import type { FilePort } from './file-port.ts';
import { makePrivate, refuseShared } from './private-folder.ts';

export interface Version {
  readonly number: number;
  readonly text: string;
  /** Unix milliseconds: when it was written, or touched. */
  readonly touchedAtMs: number;
}

export interface RegisterOptions {
  readonly folder: string;
  /** Writes are on disk when they settle. */
  readonly durable: boolean;
  readonly files?: FilePort | undefined;
}

/** A reader may lose the race against writers that clean up; not so often in a row. */
const mostReads = 100;
const temporary = /^\.[0-9a-f]+\.tmp$/;
/** A writer needs milliseconds. What is older was left by one that died. */
const abandonedMs = 600_000;

export class Register {
  readonly folder: string;
  readonly #durable: boolean;
  readonly #files: FilePort;
  #isMade = false;

  constructor({ folder, durable, files = nodeFiles }: RegisterOptions) {
    this.folder = folder;
    this.#durable = durable;
    this.#files = files;
  }

  async read(): Promise<Version | undefined> {
    try {
      for (let read = 0; read < mostReads; read += 1) {
        const number = latest(await this.#names());
        if (number === 0) return undefined;
        const version = await this.#version(number);
        if (version) return version;
      }
    } catch (error) {
      throw fileError(error, 'store_read', this.folder);
    }
    throw new TokenError({ code: 'store_read', message: `${this.folder} changes all the time`, retryable: true });
  }

  /** Puts `text` behind the version `after`; 0: behind none. */
  async put(text: string, after: number): Promise<'ok' | 'conflict'> {
    try {
      if (!this.#isMade) await makePrivate(this.#files, this.folder);
      this.#isMade = true;
      return await this.#put(text, after);
    } catch (error) {
      // Somebody may have removed the folder: it is made again by the next attempt.
      this.#isMade = false;
      throw fileError(error, 'store_write', this.folder);
    }
  }

  /** Sets `touchedAtMs` of a version; false where it is not there any more. */
  async touch(number: number, atMs: number): Promise<boolean> {
    try {
      await this.#files.utimes(this.#path(number), atMs / 1000, atMs / 1000);
      return true;
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false;
      throw fileError(error, 'store_write', this.folder);
    }
  }

  async #put(text: string, after: number): Promise<'ok' | 'conflict'> {
    const written = join(this.folder, `.${randomHex(8)}.tmp`);
    const number = after + 1;
    try {
      await this.#write(written, text);
      const before = await this.#names();
      if (latest(before) !== after) return 'conflict';
      if (!(await this.#link(written, number))) return 'conflict';
      // Whoever slept since it looked may have filled a gap below: that version was never read by anybody.
      if (latest(await this.#names()) > number) {
        await this.#remove(this.#path(number));
        return 'conflict';
      }
      if (this.#durable) await this.#sync();
      await this.#clean(before);
      return 'ok';
    } finally {
      await this.#remove(written);
    }
  }

  async #version(number: number): Promise<Version | undefined> {
    const path = this.#path(number);
    try {
      await using file = await this.#files.open(path, 'r');
      const facts = await file.stat();
      refuseShared(facts, path, 'store_read');
      return { number, text: await file.readFile('utf8'), touchedAtMs: facts.mtimeMs };
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return undefined;
      throw error;
    }
  }

  async #names(): Promise<readonly string[]> {
    try {
      return await this.#files.readdir(this.folder);
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw error;
    }
  }

  async #write(path: string, text: string): Promise<void> {
    await using file = await this.#files.open(path, 'wx', 0o600);
    await file.writeFile(text);
    if (this.#durable) await file.sync();
  }

  async #link(from: string, number: number): Promise<boolean> {
    try {
      await this.#files.link(from, this.#path(number));
      return true;
    } catch (error) {
      if (errnoOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  /** The name of a file is on disk when its folder is. Windows knows no such thing. */
  async #sync(): Promise<void> {
    if (process.platform === 'win32') return;
    await using folder = await this.#files.open(this.folder, 'r');
    await folder.sync();
  }

  async #clean(names: readonly string[]): Promise<void> {
    for (const name of names) {
      const path = join(this.folder, name);
      if (numberOf(name) > 0) await this.#remove(path);
      if (!temporary.test(name)) continue;
      const facts = await this.#files.lstat(path).catch(() => undefined);
      if (facts && Date.now() - facts.mtimeMs > abandonedMs) await this.#remove(path);
    }
  }

  /** Best effort: what stays is passed over by readers and cleaned by the next writer. */
  async #remove(path: string): Promise<void> {
    await this.#files.unlink(path).catch(() => {});
  }

  #path(number: number): string {
    return join(this.folder, String(number));
  }
}

const numberOf = (name: string): number => (/^[1-9]\d{0,15}$/.test(name) ? Number(name) : 0);
const latest = (names: readonly string[]): number => names.reduce((most, name) => Math.max(most, numberOf(name)), 0);
