/** Memory and processor time of another process, as Linux tells them; `undefined` elsewhere. */

import { readFileSync } from 'node:fs';

export interface Memory {
  readonly residentBytes: number;
  /** Without the program's own file, which all processes of one Node share. */
  readonly privateBytes: number;
  readonly peakResidentBytes: number;
}

export function memoryOf(pid: number): Memory | undefined {
  const status = read(`/proc/${pid}/status`) ?? '';
  const bytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1024;
  const memory = {
    residentBytes: bytes('VmRSS'),
    privateBytes: bytes('RssAnon'),
    peakResidentBytes: bytes('VmHWM'),
  };
  return Object.values(memory).some(Number.isNaN) ? undefined : memory;
}

/** Linux shows times in hundredths of a second to every program, whatever the kernel counts in (`USER_HZ`). */
const tickMs = 10;

/** Processor time of all threads, in ms. */
export function processorMsOf(pid: number): number | undefined {
  // The program's name stands in brackets and may hold blanks: the fields are counted behind it.
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, '')
    .split(' ');
  const ticks = Number(fields?.[11]) + Number(fields?.[12]);
  return Number.isNaN(ticks) ? undefined : ticks * tickMs;
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
