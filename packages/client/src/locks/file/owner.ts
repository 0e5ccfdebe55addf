/** Who holds a lock, and whether that process is known to be dead. */

import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { errnoOf } from '../../files/errno.ts';

export interface Owner {
  /** Of this hold; never used again. */
  readonly id: string;
  readonly pid: number;
  /** When the process began, as its system says it: a number may be given to another process. Empty where unknown. */
  readonly mark: string;
  /** Where a process id means the same: host, boot and, in containers, their namespace. */
  readonly place: string;
}

const quiet = (read: () => string): string => {
  try {
    return read().trim();
  } catch {
    return '';
  }
};

let knownPlace: string | undefined;

/** The same for processes that see each other's ids. */
export function placeOf(): string {
  knownPlace ??= [
    hostname(),
    quiet(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    quiet(() => readlinkSync('/proc/self/ns/pid')),
  ].join(' ');
  return knownPlace;
}

interface ProcessFacts {
  readonly state: string;
  readonly mark: string;
}

/** `/proc/<pid>/stat`: state is the third field, start time the 22nd; the second may hold spaces and ends with `)`. */
function factsOf(pid: number): ProcessFacts | undefined {
  const text = quiet(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, mark] = [fields[0], fields[19]];
  return state && mark ? { state, mark } : undefined;
}

export const ownerNow = (id: string): Owner => ({
  id,
  pid: process.pid,
  mark: factsOf(process.pid)?.mark ?? '',
  place: placeOf(),
});

/** True only where it is certain: a process of this place that is gone, or whose number belongs to another by now. */
export function isDead({ pid, mark, place }: Owner): boolean {
  if (place !== placeOf()) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    return errnoOf(error) === 'ESRCH';
  }
  const facts = factsOf(pid);
  if (!facts) return false;
  return facts.state === 'Z' || (mark !== '' && facts.mark !== mark);
}

/** What stands in a lock's file; `undefined` where nobody holds it, or a crash of the machine left half a file. */
export function parseOwner(text: string): Owner | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (!('id' in value && 'pid' in value && 'mark' in value && 'place' in value)) return undefined;
  const { id, pid, mark, place } = value;
  const isOwner =
    typeof id === 'string' && typeof pid === 'number' && typeof mark === 'string' && typeof place === 'string';
  return isOwner ? { id, pid, mark, place } : undefined;
}
