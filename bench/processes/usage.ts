/** Memory and processor time of another process, as Linux tells them; `undefined` elsewhere. */

import { readFileSync } from 'node:fs';

export interface Memory {
  readonly residentBytes: number;
  readonly peakResidentBytes: number;
}

export function memoryOf(pid: number): Memory | undefined {
  const status = read(`/proc/${pid}/status`);
  const kibibytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(status ?? '')?.[1]);
  const [resident, peak] = [kibibytes('VmRSS'), kibibytes('VmHWM')];
  if (Number.isNaN(resident) || Number.isNaN(peak)) return undefined;
  return { residentBytes: resident * 1024, peakResidentBytes: peak * 1024 };
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
