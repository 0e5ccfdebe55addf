/** Time from the start of the emulator's process to its first ticket. */

import { median } from '../median.ts';
import { startChild } from '../processes/child.ts';
import { sendSuccessfully } from '../requests/send.ts';
import { createTicket } from '../requests/sls.ts';
import { command } from '../targets/hufu.ts';

export interface Starts {
  readonly medianMs: number;
  readonly eachMs: readonly number[];
}

/** What is read here of the line that the emulator prints when it is ready. */
interface Ready {
  readonly url: string;
  readonly sls: { readonly endpoint: string; readonly accessKeyId: string; readonly accessKeySecret: string };
}

export async function measureStarts(count: number): Promise<Starts> {
  const eachMs: number[] = [];
  for (let start = 0; start < count; start++) eachMs.push(await startOnce());
  return { medianMs: median(eachMs), eachMs };
}

async function startOnce(): Promise<number> {
  const startMs = performance.now();
  await using child = await startChild([command, 'dev', '--json', '--port', '0']);
  const { url, sls }: Ready = JSON.parse(await child.firstLine);
  await sendSuccessfully(url, createTicket({ ...sls, host: sls.endpoint }, 'v1'));
  return performance.now() - startMs;
}
