/** How long one waits for an emulator: for `hufu dev` until its first ticket, and for `startEmulator()` in a test's process. */

import { join } from 'node:path';
import { runToEnd } from '../processes/run-to-end.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { createTicket } from '../requests/sls.ts';
import { startDev } from '../targets/dev.ts';
import { command } from '../targets/hufu.ts';
import { type Times, timesOf } from './times.ts';

export interface Starts {
  /** From the start of the process of `hufu dev` to its first ticket. */
  readonly firstTicket: Times;
  /** `import 'hufu/testing'`, as it is published, in a fresh process. */
  readonly importing: Times;
  /** The first `startEmulator()` behind it. */
  readonly startEmulator: Times;
}

const program = join(import.meta.dirname, 'start-emulator.mjs');

export async function measureStarts(count: number): Promise<Starts> {
  const firstTickets: number[] = [];
  const imports: number[] = [];
  const starts: number[] = [];
  for (let start = 0; start < count; start++) {
    firstTickets.push(await firstTicketMs());
    const { importMs, startMs }: { readonly importMs: number; readonly startMs: number } = JSON.parse(
      await runToEnd(process.execPath, [program]),
    );
    imports.push(importMs);
    starts.push(startMs);
  }
  return { firstTicket: timesOf(firstTickets), importing: timesOf(imports), startEmulator: timesOf(starts) };
}

async function firstTicketMs(): Promise<number> {
  const startMs = performance.now();
  await using dev = await startDev(command);
  const { sls } = dev.description;
  await sendSuccessfully(dev.url, createTicket({ ...sls, host: sls.endpoint }, 'v1'));
  return performance.now() - startMs;
}
