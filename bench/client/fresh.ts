/** What a fresh process waits for: the import, and the first ticket. In turns. */

import { type Times, timesOf } from '../measure/times.ts';
import { startChild } from '../processes/child.ts';
import type { Contestant } from './contestants.ts';
import type { Installation } from './install.ts';

export interface FreshSubject {
  readonly contestant: Contestant;
  readonly installation: Installation;
}

export interface Fresh {
  readonly importing: Times;
  /** From the start of the process; `undefined` for what does not speak SLS. */
  readonly firstTicket: Times | undefined;
}

/** What the programs need to ask for a ticket. */
export interface SlsAccess {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly accessKeySecret: string;
}

/** @returns in the order of the subjects, and how long a process takes that does nothing. */
export async function measureFresh(
  subjects: readonly FreshSubject[],
  access: SlsAccess,
  count: number,
): Promise<{ readonly rows: readonly Fresh[]; readonly nothing: Times }> {
  const [first] = subjects;
  if (!first) throw new Error('nobody is compared');
  const nothing: number[] = [];
  const taken = subjects.map((subject) => ({ subject, imports: [] as number[], tickets: [] as number[] }));
  for (let turn = 0; turn < count; turn++) {
    nothing.push(await firstLineMs(first.installation, 'nothing.mjs', access));
    for (const { subject, imports, tickets } of taken) {
      const { contestant, installation } = subject;
      imports.push(Number(await installation.run('import.mjs', contestant.modules)));
      const program = contestant.ticketProgram;
      if (program !== undefined) tickets.push(await firstLineMs(installation, program, access));
    }
  }
  const rows = taken.map(({ imports, tickets }) => ({
    importing: timesOf(imports),
    firstTicket: tickets.length === 0 ? undefined : timesOf(tickets),
  }));
  return { rows, nothing: timesOf(nothing) };
}

async function firstLineMs(installation: Installation, program: string, access: SlsAccess): Promise<number> {
  const startMs = performance.now();
  await using child = await startChild([installation.fileOf(program), JSON.stringify(access)]);
  await child.firstLine;
  return performance.now() - startMs;
}
