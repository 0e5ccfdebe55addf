/** One measurement of one target: load for some seconds, and the processor time that the server spent on it. */

import type { Load, LoadAsk, Measured } from '../load/load.ts';
import { processorMsOf } from '../processes/usage.ts';
import type { Address } from '../targets/target.ts';

export interface Sample extends Measured {
  /** Processor time of all the server's threads, per request; `undefined` where the system does not tell. */
  readonly processorMicros: number | undefined;
}

export interface SampleAsk extends Omit<LoadAsk, 'url'> {
  readonly target: Address;
}

export async function sample(load: Load, { target, ...ask }: SampleAsk): Promise<Sample> {
  const before = processorMsOf(target.pid);
  const measured = await load.run({ url: target.url, ...ask });
  const after = processorMsOf(target.pid);
  if (measured.requests === 0) throw new Error('not one request was answered');
  const spentMs = before === undefined || after === undefined ? undefined : after - before;
  return { ...measured, processorMicros: spentMs === undefined ? undefined : (spentMs * 1000) / measured.requests };
}
